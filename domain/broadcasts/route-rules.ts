import type { FrozenRoute, FrozenRoutes } from "@/db/schema/routes";
import { type BroadcastKind, TOLD_TO_ACCOUNTS } from "@/db/vocabulary/broadcasts";
import {
  MAIL_REGIONS,
  type MailRegion,
  type MailRoute,
  type RouteRefusal,
  type TransferBasis,
} from "@/db/vocabulary/routes";
import { EEA } from "@/lib/countries";

/** Resend keeps addresses, logs and bodies there, whatever the region it sends from (resend.com/docs/dashboard/domains/regions). */
export const RESEND_STORES_IN = "US";

/** Which bases a region's law knows; of who may be at home anywhere, those of the strictest. */
export const BASES_OF: Record<MailRegion, readonly TransferBasis[]> = {
  cn: ["security_assessment", "certification", "standard_contract", "exempt"],
  eea: ["adequacy", "standard_contract", "certification", "exempt"],
  other: [],
  unstated: ["security_assessment", "certification", "standard_contract", "exempt"],
};

type Way = { route: MailRoute; storedIn: string | null };

/** Whether a mail to somebody of the region is stored outside of it, where its law asks for a basis. */
export function leavesRegion(region: MailRegion, { storedIn }: Way): boolean {
  if (storedIn === null || BASES_OF[region].length === 0) return false;
  return region === "eea" ? !EEA.has(storedIn) : storedIn !== "CN";
}

type Decided = Omit<FrozenRoute, "refused">;
type Given = { decided: Decided | null; isSmtpSet: boolean };

/**
 * By which way the mails of a region leave. Where nobody has decided it they are the provider's: of a
 * region that its law binds they wait for a basis, and of accounts of which nobody has said where they
 * are at home they leave as they always have, which the page of routes says in so many words.
 */
export function judgeRoute(region: MailRegion, { decided, isSmtpSet }: Given): FrozenRoute {
  const way: Decided = decided ?? {
    ...{ id: null, route: "resend", storedIn: RESEND_STORES_IN, basis: null },
  };
  return { ...way, refused: refusalOf(region, { way, isSmtpSet }) };
}

function refusalOf(
  region: MailRegion,
  { way, isSmtpSet }: { way: Decided; isSmtpSet: boolean },
): RouteRefusal | null {
  if (way.route === "inbox_only") return "inbox_only";
  const isAsBefore = region === "unstated" && way.id === null;
  if (!way.basis && !isAsBefore && leavesRegion(region, way)) return "no_basis";
  return way.route === "smtp" && !isSmtpSet ? "not_set" : null;
}

/** What the vendor tells of its own accord. All else answers what a person did or asked for, or is to its own staff. */
const UNASKED: readonly BroadcastKind[] = [...TOLD_TO_ACCOUNTS, "ask_message", "digest"];

/**
 * The routes as a broadcast of this kind takes them. What a person asked for leaves in any case (decision
 * 091), by the region's own server where it has one.
 */
export function routesFor(kind: BroadcastKind, routes: FrozenRoutes): FrozenRoutes {
  if (UNASKED.includes(kind)) return routes;
  const asked = (one: FrozenRoute): FrozenRoute =>
    one.refused === null
      ? one
      : {
          ...{ id: null, route: "resend", storedIn: RESEND_STORES_IN, basis: null, refused: null },
        };
  return eachRegion((region) => asked(routes[region]));
}

export const eachRegion = <One>(of: (region: MailRegion) => One): Record<MailRegion, One> =>
  Object.fromEntries(MAIL_REGIONS.map((region) => [region, of(region)])) as Record<MailRegion, One>;
