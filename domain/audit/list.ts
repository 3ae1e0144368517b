import {
  and,
  desc,
  eq,
  getTableColumns,
  gte,
  ilike,
  inArray,
  lt,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type AuditEntry, auditEntries, auditLeaves, users } from "@/db/schema";
import { MEMBER_ROLES, STAFF_ROLES } from "@/db/vocabulary/access";
import { CONTACT_KINDS, DECLARATION_TOPICS } from "@/db/vocabulary/accounts";
import { ALARM_PATTERNS } from "@/db/vocabulary/security";
import { addDays, shanghaiMidnight } from "@/lib/shanghai";

import { person } from "../access/permissions";
import type { Context } from "../context";
import { uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { verb } from "../verb";
import { type AuditAction, isAuditAction, SUBJECT_TYPES, type SubjectType } from "./entries";
import { type AuditFilter, auditFilter } from "./input";
import { nameSubjects, type SubjectName } from "./subjects";

const PAGE = 50;

/** What a sentence about an entry may mention, read from its snapshots. */
const mentioned = z
  .object({
    role: z.enum(MEMBER_ROLES).optional().catch(undefined),
    roles: z.array(z.enum(STAFF_ROLES)).catch([]),
    kind: z.enum(["accounts", "apps", "members"]).optional().catch(undefined),
    contactKind: z.enum(CONTACT_KINDS).optional().catch(undefined),
    topic: z.enum(DECLARATION_TOPICS).optional().catch(undefined),
    pattern: z.enum(ALARM_PATTERNS).optional().catch(undefined),
    added: z.number().catch(0),
    changed: z.number().catch(0),
    people: z.number().catch(0),
    rest: z.number().catch(0),
    sessions: z.number().catch(0),
    codes: z.number().catch(0),
    entries: z.number().catch(0),
    rows: z.number().catch(0),
    files: z.number().catch(0),
    posts: z.number().catch(0),
  })
  .catch({
    ...{ roles: [], added: 0, changed: 0, people: 0, rest: 0, sessions: 0 },
    ...{ codes: 0, entries: 0, rows: 0, files: 0, posts: 0 },
  });

export type AuditRow = {
  seq: number;
  /** Its place in the sealed record, from 0; null for the seconds until it is sealed. */
  place: number | null;
  at: Date;
  /** Null for an action this version of the product does not know. */
  action: AuditAction | null;
  actionCode: string;
  /** `name` is the person's or the token's as it is now; null for jobs and strangers. */
  actor: { kind: AuditEntry["actorKind"]; id: string; name: string | null };
  subject: { type: SubjectType | null; id: string; name: SubjectName | null };
  mentions: z.output<typeof mentioned>;
  before: unknown;
  after: unknown;
};

/**
 * The record, newest first, 50 a page. The single changes of an import are folded into its entry
 * unless they are asked for: by the import, by their action or by their subject. People outside the
 * vendor's house stand with the first letter of their names, unless the reader has just asked for these.
 */
export const listAuditEntries = query({
  may: "audit.read",
  input: auditFilter,

  async run({ db, actor, now }, filter) {
    const shownUntil = await namesShownUntil(db, { actor, now });
    const wanted = await wantedEntries(db, filter);
    const list = { keys: [down("number", auditEntries.seq)], size: PAGE, page: filter.page };
    const { rows, ...turns } = await readPage(list, (slice) =>
      db
        .select({
          ...getTableColumns(auditEntries),
          place: auditLeaves.place,
          cursor: slice.cursor,
        })
        .from(auditEntries)
        .leftJoin(auditLeaves, eq(auditLeaves.seq, auditEntries.seq))
        .where(and(wanted, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );

    const actors = rows.map(({ actorKind, actorId }) => ({
      subjectType: subjectOf(actorKind),
      subjectId: actorId,
    }));
    const names = await nameSubjects(db, [...rows, ...actors], shownUntil !== null);
    return { rows: rows.map((entry) => describe(entry, names)), shownUntil, ...turns };
  },
});

const SHOWN_MINUTES = 15;

/**
 * Shows whoever audits the names of customers and end users in the list, for a quarter of an hour; that
 * they were shown stands in the record itself.
 */
export const readNames = verb({
  may: "audit.read",
  input: z.object({}),
  run: ({ actor, record }) => record("record.names_read", { id: person(actor).id }),
});

/** Until when the names are shown to somebody; null where they are covered. */
async function namesShownUntil(db: Db | Tx, { actor, now }: Pick<Context, "actor" | "now">) {
  if (actor.kind !== "person") return null;
  const since = new Date(now.getTime() - SHOWN_MINUTES * 60_000);
  const [look] = await db
    .select({ at: auditEntries.at })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectType, "record"),
        eq(auditEntries.subjectId, actor.id),
        eq(auditEntries.action, "record.names_read"),
        gte(auditEntries.at, since),
      ),
    )
    .orderBy(desc(auditEntries.at))
    .limit(1);
  return look ? new Date(look.at.getTime() + SHOWN_MINUTES * 60_000) : null;
}

/** The entries that a filter asks for. */
export const wantedEntries = async (db: Db | Tx, filter: AuditFilter): Promise<SQL | undefined> =>
  and(await actorCondition(db, filter.actor), ...chosen(filter));

/** One entry is found whatever else is asked. */
const chosen = ({ entry, ...filter }: AuditFilter): (SQL | undefined)[] =>
  entry ? [eq(auditEntries.seq, entry)] : [...subjectConditions(filter), ...timeConditions(filter)];

function subjectConditions(filter: AuditFilter): (SQL | undefined)[] {
  const { action, subjectType, subjectId, accountId, importId } = filter;
  const unfolded = action ?? subjectId ?? accountId ?? importId;
  return [
    action && eq(auditEntries.action, action),
    subjectType && eq(auditEntries.subjectType, subjectType),
    subjectId ? eq(auditEntries.subjectId, subjectId) : undefined,
    accountId
      ? or(eq(auditEntries.subjectId, accountId), inJson("accountId", accountId))
      : undefined,
    importId ? inJson("importId", importId) : undefined,
    unfolded ? undefined : sql`${auditEntries.after} ->> 'importId' is null`,
  ];
}

const inJson = (key: "accountId" | "importId", value: string) =>
  sql`${auditEntries.after} ->> ${key} = ${value}`;

function timeConditions({ from, to }: AuditFilter): (SQL | undefined)[] {
  return [
    from ? gte(auditEntries.at, shanghaiMidnight(from)) : undefined,
    to ? lt(auditEntries.at, shanghaiMidnight(addDays(to, 1))) : undefined,
  ];
}

/** The people and jobs an actor filter means, so that the entries themselves are found by index. */
async function actorCondition(db: Db | Tx, actor: string | undefined): Promise<SQL | undefined> {
  if (actor === undefined) return undefined;
  if (uuid.safeParse(actor).success) return eq(auditEntries.actorId, actor);
  const literal = actor.replaceAll(/[\\%_]/g, "\\$&");
  const people = await db
    .select({ id: users.id })
    .from(users)
    .where(or(ilike(users.name, `%${literal}%`), ilike(users.email, `%${literal}%`)))
    .limit(1000);
  return inArray(auditEntries.actorId, [actor, ...people.map(({ id }) => id)]);
}

/** Actors are named as what they are when something is done to them. */
const subjectOf = (actorKind: AuditEntry["actorKind"]): SubjectType =>
  actorKind === "token" ? "api_token" : "person";

function describe(
  entry: AuditEntry & { place: number | null },
  names: ReadonlyMap<string, SubjectName>,
): AuditRow {
  const { seq, place, at, action, actorKind, actorId, subjectType, subjectId, before, after } =
    entry;
  return {
    seq,
    place,
    at,
    action: isAuditAction(action) ? action : null,
    actionCode: action,
    actor: {
      kind: actorKind,
      id: actorId,
      name: names.get(`${subjectOf(actorKind)} ${actorId}`)?.names["zh-CN"] ?? null,
    },
    subject: {
      type: SUBJECT_TYPES.find((one) => one === subjectType) ?? null,
      id: subjectId,
      name: names.get(`${subjectType} ${subjectId}`) ?? null,
    },
    mentions: mentioned.parse(after ?? {}),
    before,
    after,
  };
}
