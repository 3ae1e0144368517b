import { z } from "zod";

/** RFC 5322 dot-atom: the plain form of a local part, without quotes and comments. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** RFC 1035 labels, at least two; the last one is a name, so that an IP address is none. */
const DOMAIN =
  /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** RFC 5321 4.5.3.1: octets of a local part, and of a path less its angle brackets. */
const LONGEST_LOCAL = 64;
const LONGEST = 254;
/** Compatibility forms may grow when they are normalised; nothing of this length is an address. */
const LONGEST_TYPED = 1000;

/**
 * An address as it is stored and compared, or null where it is none. Compatibility forms are folded
 * before anything is counted (a full-width ＠ is an @), so that no later reader finds a second @ in
 * what was checked. Then it must be one plain ASCII addr-spec; it is lower-cased whole, because no
 * mail service in use tells two people apart by case.
 */
export function normaliseEmail(typed: string): string | null {
  if (typed.length > LONGEST_TYPED) return null;
  const folded = typed.normalize("NFKC").replaceAll(/^ +| +$/g, "");
  if (folded.length > LONGEST || !/^[!-~]+$/.test(folded)) return null;

  const [local, domain, ...more] = folded.toLowerCase().split("@");
  if (!local || !domain || more.length > 0) return null;
  const isPlain = local.length <= LONGEST_LOCAL && LOCAL.test(local) && DOMAIN.test(domain);
  return isPlain ? `${local}@${domain}` : null;
}

/** A mail address from outside, normalised. */
export const emailAddress = z.string({ error: "errors.field.required" }).transform((typed, ctx) => {
  const address = normaliseEmail(typed);
  if (address !== null) return address;
  const message = typed.trim() === "" ? "errors.field.required" : "errors.field.email";
  ctx.addIssue({ code: "custom", message });
  return z.NEVER;
});

/**
 * The mailbox an address leads to, for counting what is mailed there: what follows a + is a label of
 * the owner's own (RFC 5233), and Gmail reads no dots. Never to be mailed to.
 */
export function inboxOf(email: string): string {
  const [local = "", domain = ""] = email.split("@");
  const plain = local.split("+", 1)[0] || local;
  const isGmail = ["gmail.com", "googlemail.com"].includes(domain);
  return isGmail ? `${plain.replaceAll(".", "")}@gmail.com` : `${plain}@${domain}`;
}

/** "a***@luming.example": enough to know one's own address by, not to learn another's. */
export function maskEmail(email: string): string {
  const [local = "", domain = ""] = email.split("@");
  return `${local.slice(0, 1)}***@${domain}`;
}
