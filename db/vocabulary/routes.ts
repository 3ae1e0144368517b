/** Where an account is at home, as operations say of it. */
export const HOME_REGIONS = ["cn", "eea", "other"] as const;
export type HomeRegion = (typeof HOME_REGIONS)[number];

/**
 * Whose mails a route is for, the strictest first: who is told for accounts of several regions is of the
 * first. `unstated` is an account of which nobody has said where it is at home, and who belongs to none.
 */
export const MAIL_REGIONS = [...HOME_REGIONS, "unstated"] as const;
export type MailRegion = (typeof MAIL_REGIONS)[number];

/** By which way the mails of a region leave, if at all. */
export const MAIL_ROUTES = ["resend", "smtp", "inbox_only"] as const;
export type MailRoute = (typeof MAIL_ROUTES)[number];

/** What is decided of a region: a way, or, of accounts of which nobody has said where they are at home, that theirs is another region's. */
export const ROUTE_CHOICES = [...MAIL_ROUTES, "as_cn", "as_eea", "as_other"] as const;
export type RouteChoice = (typeof ROUTE_CHOICES)[number];

/** A decision as it was chosen. */
export const choiceOf = (one: { route: MailRoute; treatedAs?: HomeRegion | null }): RouteChoice =>
  one.treatedAs ? `as_${one.treatedAs}` : one.route;

/**
 * What lets a mail leave its region: the three ways of PIPL 38 and what the Provisions on Promoting and
 * Regulating Cross-border Data Flows (2024) exempt; of the EEA the GDPR's 45, 46 and 49.
 */
export const TRANSFER_BASES = [
  "security_assessment",
  "certification",
  "standard_contract",
  "adequacy",
  "exempt",
] as const;
export type TransferBasis = (typeof TRANSFER_BASES)[number];

/** Why no mail of a region leaves: it was decided so; it would leave the region without a legal basis; its server is not set. */
export const ROUTE_REFUSALS = ["inbox_only", "no_basis", "not_set"] as const;
export type RouteRefusal = (typeof ROUTE_REFUSALS)[number];

/** What stands in `deliveries.reason` of a mail that its route did not let leave. */
const REFUSED = /^no_route:(\w+):(\w+)$/;
export const REFUSED_LIKE = "no_route:%";

/** The region and the cause of a mail that did not leave; null for any other reason. */
export function refusalIn(reason: string): { region: MailRegion; cause: RouteRefusal } | null {
  const [, region, cause] = REFUSED.exec(reason) ?? [];
  return region && cause ? { region: region as MailRegion, cause: cause as RouteRefusal } : null;
}

/** The reason of a mail by SMTP that broke off on its way to the server: whether it left, nobody can say. */
export const CUT_OFF = "cut_off";
