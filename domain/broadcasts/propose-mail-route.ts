import { z } from "zod";

import { mailRoutes } from "@/db/schema";
import {
  HOME_REGIONS,
  type HomeRegion,
  MAIL_REGIONS,
  MAIL_ROUTES,
  ROUTE_CHOICES,
  TRANSFER_BASES,
  type TransferBasis,
} from "@/db/vocabulary/routes";
import { COUNTRIES } from "@/lib/countries";
import { shanghaiDay } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { calendarDate, plainLine, prose } from "../input";
import { verb } from "../verb";
import { BASES_OF, leavesRegion, RESEND_STORES_IN } from "./route-rules";

const routeInput = z.object({
  region: z.enum(MAIL_REGIONS, { error: "errors.field.required" }),
  route: z.enum(ROUTE_CHOICES, { error: "errors.field.required" }),
  /** ISO 3166; of Resend it is known. */
  storedIn: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => code === "" || COUNTRIES.has(code), "broadcasts.errors.route.country")
    .default(""),
  basis: z.enum(TRANSFER_BASES).nullable().default(null),
  basisNumber: plainLine(120).nullable().default(null),
  basisDay: calendarDate().nullable().default(null),
  note: prose(1000).nullable().default(null),
});
type Route = z.output<typeof routeInput>;

/**
 * Proposes by which way the mails of a region leave, and what lets them leave it. It holds once another
 * person agrees; without a basis where the region's law asks for one, no mail of it leaves then.
 * @throws Invalid at what is missing or does not fit; Conflict while another one of the region waits
 */
export const proposeMailRoute = verb({
  may: "route.propose",
  input: routeInput,

  async run({ tx, actor, now, record }, given) {
    const route = completed(given, shanghaiDay(now));
    // One of a region waits at a time, by an index: of two that come at once the second is refused as well.
    const [row] = await tx
      .insert(mailRoutes)
      .values({ ...route, proposedBy: person(actor).id, proposedAt: now })
      .onConflictDoNothing()
      .returning({ id: mailRoutes.id });
    if (!row) throw new Conflict("broadcasts.errors.route.waits");
    await record("mail_route.proposed", { id: row.id, after: route });
  },
});

/** @throws Invalid */
function completed(given: Route, today: string) {
  const { region, basis, basisDay } = given;
  const [basisNumber, note] = [given.basisNumber ?? "", given.note ?? ""];
  const treatedAs = HOME_REGIONS.find((one) => given.route === `as_${one}`);
  if (treatedAs) return { ...treatedLike(treatedAs, given), note };
  const route = MAIL_ROUTES.find((one) => one === given.route) ?? "inbox_only";
  const storedIn = placeOf(given);
  if (basis && !leavesRegion(region, { route, storedIn }))
    throw new Invalid("errors.form", { basis: ["broadcasts.errors.route.stays"] });
  if (!basis) return { region, route, storedIn, basis, basisNumber: "", basisDay: null, note };
  const fault = faultOf({ region, basis, basisNumber, basisDay, note, today });
  if (fault) throw new Invalid("errors.form", { [fault[0]]: [fault[1]] });
  return { region, route, storedIn, basis, basisNumber, basisDay, note };
}

/** @throws Invalid: of what is known to be at home somewhere, that is where; and a basis is the other region's own. */
function treatedLike(treatedAs: HomeRegion, { region, basis }: Route) {
  if (region !== "unstated")
    throw new Invalid("errors.form", { route: ["broadcasts.errors.route.stated"] });
  if (basis) throw new Invalid("errors.form", { basis: ["broadcasts.errors.route.stays"] });
  const none = { storedIn: null, basis: null, basisNumber: "", basisDay: null };
  return { region, route: "inbox_only" as const, ...none, treatedAs };
}

type Recorded = Pick<Route, "region" | "basisDay"> & {
  basis: TransferBasis;
  basisNumber: string;
  note: string;
  today: string;
};

/** The field of a basis that is missing or does not fit, with its refusal. */
function faultOf(given: Recorded): [string, string] | null {
  const { region, basis, basisNumber, basisDay, note, today } = given;
  if (!BASES_OF[region].includes(basis)) return ["basis", "broadcasts.errors.route.otherLaw"];
  if (basis === "exempt" && !note) return ["note", "broadcasts.errors.route.exempt"];
  if (basis !== "exempt" && !basisNumber) return ["basisNumber", "errors.field.required"];
  if (!basisDay) return ["basisDay", "errors.field.required"];
  return basisDay > today ? ["basisDay", "broadcasts.errors.route.ahead"] : null;
}

/** @throws Invalid */
function placeOf({ route, storedIn }: Route): string | null {
  if (route === "inbox_only") return null;
  if (route === "smtp" && !storedIn)
    throw new Invalid("errors.form", { storedIn: ["broadcasts.errors.route.country"] });
  if (route === "resend" && storedIn && storedIn !== RESEND_STORES_IN)
    throw new Invalid("errors.form", { storedIn: ["broadcasts.errors.route.resend"] });
  return storedIn || RESEND_STORES_IN;
}
