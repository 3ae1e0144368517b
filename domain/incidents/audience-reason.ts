import { type Platform, PLATFORMS } from "@/db/vocabulary/accounts";

/** The word after a version that no range could be held against. */
export const UNREADABLE = "unreadable";

/** Why an app is concerned: by name, by the API alone, by a version, or because nothing is known of it. */
export type Reason =
  | { kind: "named" | "api" | "unknown" }
  | {
      kind: "versions";
      versions: { platform: Platform; version: string; isReadable: boolean }[];
    };

/** Reads a stored reason: "named", "api", "unknown", or "android 8.1.0, ios 8.x unreadable". */
export function readReason(stored: string): Reason {
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
