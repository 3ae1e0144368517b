import { type Context, type Person } from "@/domain/context";
import { type StaffRequest } from "@/domain/requests/read-staff-request";

export type RequestParts = {
  ctx: Context & { actor: Person };
  found: StaffRequest;
  /** The SDKAppID a handler looks up, to send the case on to its developer. */
  wantedApp: string;
  /** The macro a handler picked to write with. */
  wantedMacro: string;
};
