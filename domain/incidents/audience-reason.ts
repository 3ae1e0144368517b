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
 * where the rule asks for a declaration, also by what it declared or did not declare.
 */
export type Reason = Way & { declarations: { topic: DeclarationTopic; isDeclared: boolean }[] };

type Way =
  | { kind: "named" | "api" | "unknown" }
  | {
      kind: "versions";
      versions: { platform: Platform; version: string; isReadable: boolean }[];
    };

/** Reads a stored reason: "named", "api", "unknown", "android 8.1.0, ios 8.x unreadable", "api; eea undeclared". */
export function readReason(stored: string): Reason {
  const [way = "", ...said] = stored.split("; ");
  return {
    ...readWay(way),
    declarations: said.flatMap((part) => {
      const [name, mark] = part.split(" ");
      const topic = DECLARATION_TOPICS.find((one) => one === name);
      return topic ? [{ topic, isDeclared: mark !== UNDECLARED }] : [];
    }),
  };
}

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
