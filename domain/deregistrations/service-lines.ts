import type { ServiceCheck } from "@/db/vocabulary/deregistrations";
import { askServiceStanding, type ServiceLine } from "@/lib/service-standing";

import type { Elsewhere } from "./checks";

export type KnownOfService = {
  lines: Elsewhere["service"];
  /** The moment that the lines are of; null where none is known. */
  asOf: Date | null;
  /** An interface is set, and does not answer. */
  isAway: boolean;
};

/** What the vendor's own interface says of an account's service, line by line as the checks have it. Never throws. */
export async function readServiceLines(uin: string): Promise<KnownOfService> {
  const standing = await askServiceStanding(uin);
  if (standing.state !== "known")
    return { lines: {}, asOf: null, isAway: standing.state === "away" };
  const { apps, traffic, bills, tickets, asOf } = standing;
  const said: Record<ServiceCheck, ServiceLine | undefined> = {
    service_apps: apps,
    service_traffic: traffic,
    service_bills: bills,
    service_tickets: tickets,
  };
  const lines = Object.entries(said).flatMap(([check, line]) =>
    line ? [[check, { count: line.count, numbers: line.named, url: line.url }]] : [],
  );
  return { lines: Object.fromEntries(lines), asOf: new Date(asOf), isAway: false };
}
