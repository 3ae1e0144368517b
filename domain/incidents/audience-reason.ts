import {
  DECLARATION_TOPICS,
  type DeclarationTopic,
  type Platform,
  PLATFORMS,
} from "@/db/vocabulary/accounts";

/** The word after a version that no range could be held against. */
export const UNREADABLE = "unreadable";

/** The word after a topic of which an app has declared nothing. */
export const UNDECLARED = "undeclared";

/**
 * Why an app is concerned: by name, by the API alone, by a version, or because nothing is known of it;
 * where the rule asks for more, also by what it declared or did not declare, and by what its account was chosen.
 */
export type Reason = Way & {
  declarations: { topic: DeclarationTopic; isDeclared: boolean }[];
  /** By which tags of its account operations chose it; no developer is shown them. */
  tags: string[];
  /** Because an earlier broadcast told its account. */
  wasTold: boolean;
};

const TAGGED = "tagged ";
const TOLD = "told";

type Way =
  | { kind: "named" | "api" | "unknown" }
  | {
      kind: "versions";
      versions: { platform: Platform; version: string; isReadable: boolean }[];
    };

/**
 * Reads a stored reason: "named", "api", "unknown", "android 8.1.0, ios 8.x unreadable", "api; eea undeclared",
 * "ios 8.1.0; tagged 金融, 教育; told".
 */
export function readReason(stored: string): Reason {
  const [way = "", ...said] = stored.split("; ");
  return {
    ...readWay(way),
    declarations: said.flatMap((part) => {
      const [name, mark] = part.split(" ");
      const topic = DECLARATION_TOPICS.find((one) => one === name);
      return topic ? [{ topic, isDeclared: mark !== UNDECLARED }] : [];
    }),
    tags: said.flatMap((part) =>
      part.startsWith(TAGGED) ? part.slice(TAGGED.length).split(", ") : [],
    ),
    wasTold: said.includes(TOLD),
  };
}

/** A stored reason as a developer is told it: by what their account was chosen is operations' own. */
export const reasonForOwners = (stored: string): string =>
  stored
    .split("; ")
    .filter((part, place) => place === 0 || !(part.startsWith(TAGGED) || part === TOLD))
    .join("; ");

function readWay(stored: string): Way {
  if (stored === "named" || stored === "api" || stored === "unknown") return { kind: stored };
  return {
    kind: "versions",
    versions: stored.split(", ").flatMap((part) => {
      const [name, version = "", mark] = part.split(" ");
      const platform = PLATFORMS.find((one) => one === name);
      return platform ? [{ platform, version, isReadable: mark !== UNREADABLE }] : [];
    }),
  };
}
