import { type Context, type Person } from "@/domain/context";
import { type StaffRequest } from "@/domain/requests/read-staff-request";

/** What every part of the case page is given. */
export type RequestParts = {
  ctx: Context & { actor: Person };
  found: StaffRequest;
  /** The SDKAppID a handler looks up, to send the case on to its developer. */
  wantedApp: string;
};
