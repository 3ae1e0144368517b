import { type Context, type Person } from "@/domain/context";
import { type Case } from "@/domain/requests/read-case";

/** What every part of the case page is given. */
export type CaseParts = {
  ctx: Context & { actor: Person };
  found: Case;
  /** The SDKAppID a handler looks up, to send the case on to its developer. */
  wantedApp: string;
};
