import { eq, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, apps, broadcasts, requests } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { EVIDENCE_SCOPES, type EvidenceScope } from "@/db/vocabulary/evidence";
import { HELD } from "@/db/vocabulary/waves";
import { addDays, shanghaiMidnight } from "@/lib/shanghai";

import { authorize, may, membershipIn, person } from "../access/permissions";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { calendarDate, uuid } from "../input";
import { verb } from "../verb";

const day = z.preprocess(
  (typed) => (typed === "" || typed === null ? undefined : typed),
  calendarDate().optional(),
);

/** What is gathered, and of which days in Asia/Shanghai, both included; of the whole record days are asked. */
export const gatherInput = z
  .object({
    scope: z.enum(EVIDENCE_SCOPES),
    id: z.union([uuid, z.literal("all")]),
    from: day,
    to: day,
  })
  .refine(({ scope, id }) => (scope === "record") === (id === "all"), "errors.field.invalid")
  .refine(({ scope, from, to }) => scope !== "record" || (from && to), {
    ...{ path: ["from"], error: "errors.field.required" },
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    ...{ path: ["to"], error: "errors.field.invalid" },
  });

/** What may be gathered, as its beginning went on the record. */
export type Gathering = {
  scope: EvidenceScope;
  id: string;
  /** What it is called: an account's name, a request's number; "" for the whole record. */
  name: string;
  /** Whose it is, where it is an account's. */
  accountId: string | null;
  /** Who may audit sees addresses and the work of operations. */
  isAuditor: boolean;
  days: { from: string | null; to: string | null };
  /** From the beginning of `from` to the end of `to`; null where there is no bound. */
  from: Date | null;
  until: Date | null;
  openedAt: Date;
};

/**
 * Opens the evidence of an account, an app or a request to whose it is, and all of it to who may audit:
 * whoever begins to take it is on the record, whether they take it to its end or not.
 * @throws NotFound; NotAllowed
 */
export const openEvidence = verb({
  may: "evidence.gather",
  input: gatherInput,

  async run({ tx, actor, now, record }, { scope, id, from = null, to = null }): Promise<Gathering> {
    const found = await FIND[scope](tx, { id, actor });
    if (!found) throw new NotFound("errors.notFound");
    const { name, accountId, isOwn } = found;
    const isAuditor = auditsAs(actor, { scope, isOwn });
    if (!isAuditor && !isOwn) throw new NotFound("errors.notFound");
    await record("evidence.opened", {
      ...{ id: scope === "record" ? asNumber(from) : id, subject: scope },
      after: { accountId, from, to },
    });
    return {
      ...{ scope, id, name, accountId, isAuditor, days: { from, to }, openedAt: now },
      from: from ? shanghaiMidnight(from) : null,
      until: to ? shanghaiMidnight(addDays(to, 1)) : null,
    };
  },
});

/** Puts on the record which bundle was taken: `manifestHash` is over its list of files. */
export const noteGathered = verb({
  may: "evidence.gather",
  input: z.object({
    gathering: z.custom<Gathering>(),
    manifestHash: z.string().regex(/^[0-9a-f]{64}$/),
  }),

  async run({ record }, { gathering: { scope, id, accountId, days }, manifestHash }) {
    await record("evidence.gathered", {
      ...{ id: scope === "record" ? asNumber(days.from) : id, subject: scope },
      after: { accountId, ...days, manifestHash },
    });
  },
});

/**
 * Whether the whole of it is opened, the work of operations too. Of a request that asks for who reads cases,
 * and of one's own nobody gets more than its requester. @throws NotAllowed for who audits, but no cases
 */
function auditsAs(actor: Actor, { scope, isOwn }: { scope: EvidenceScope; isOwn: boolean }) {
  const isAuditor = may(actor, "audit.read");
  if (scope !== "request") return isAuditor;
  if (isOwn || !isAuditor) return false;
  authorize(actor, "request.read");
  return true;
}

/** The whole record has no id; on the record it goes by the first of the days. */
const asNumber = (day: string | null): string => (day ?? "").replaceAll("-", "");

type Wanted = { id: string; actor: Actor };
type Found = Pick<Gathering, "name" | "accountId"> & { isOwn: boolean };

const FIND: Record<EvidenceScope, (db: Db | Tx, wanted: Wanted) => Promise<Found | null>> = {
  async account(db, { id, actor }) {
    const [found] = await db.select().from(accounts).where(eq(accounts.id, id));
    return found ? { name: found.name, accountId: id, isOwn: isMember(actor, id) } : null;
  },
  async app(db, { id, actor }) {
    const [found] = await db.select().from(apps).where(eq(apps.id, id));
    if (!found) return null;
    const { name, accountId } = found;
    return { name, accountId, isOwn: isMember(actor, accountId) };
  },
  /** Of its requester; one of a developer also of those who may bind the account. */
  async request(db, { id, actor }) {
    const [found] = await db.select().from(requests).where(eq(requests.id, id));
    if (!found) return null;
    const { number: name, accountId, requesterId, requesterKind } = found;
    const binds = requesterKind === "developer" && accountId && isMember(actor, accountId, true);
    return { name, accountId, isOwn: requesterId === person(actor).id || Boolean(binds) };
  },
  /** All its recipients: nobody's own. */
  async broadcast(db, { id }) {
    const [found] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
    return found ? { name: "", accountId: null, isOwn: false } : null;
  },
  record: () => Promise.resolve({ name: "", accountId: null, isOwn: false }),
};

function isMember(actor: Actor, accountId: string, isBinding = false): boolean {
  return person(actor).memberships.some(
    (one) =>
      one.accountId === accountId &&
      (!isBinding || BINDING_ROLES.some((role) => role === one.role)),
  );
}

/** Whether it was opened to the actor. @throws NotFound where it was opened to somebody else */
export function assertOpened(actor: Actor, { isAuditor, accountId, scope }: Gathering): void {
  if (isAuditor ? !may(actor, "audit.read") : scope !== "request" && !accountId)
    throw new NotFound("errors.notFound");
  if (!isAuditor && scope !== "request") membershipIn(actor, accountId ?? "");
}

type Told = { id: SQLWrapper; facts: SQLWrapper };

/**
 * A condition on a telling: what is restricted exists only for those who were told (docs/decisions/030),
 * not for the other members of their account.
 */
export const isOpenTo = (actor: Actor, { id, facts }: Told): SQL => sql`(${may(actor, "audit.read")}
  or coalesce(${facts} #>> '{what,visibility}', ${facts} ->> 'visibility') is distinct from 'restricted'
  or exists (
    select from deliveries own
    where own.broadcast_id = ${id} and own.user_id = ${person(actor).id} and own.reason is distinct from ${HELD}))`;

/** Who is or was of an account: to them alone it was told. */
export const peopleOf = (accountId: string) => sql`
  select m.user_id from members m where m.account_id = ${accountId}
  union select k.user_id from contacts k where k.account_id = ${accountId}`;
