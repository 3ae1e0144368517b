import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { askMessages } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { ASK_SIDES, ASK_STATES, type AskSide } from "@/db/vocabulary/policies";

import { GRANTS, membershipIn, person } from "../access/permissions";
import { askedVersions, askJoins, askState } from "../broadcasts/asks";
import { startBroadcast } from "../broadcasts/start";
import { Conflict, Invalid, NotFound } from "../errors";
import { prose, uuid } from "../input";
import { query } from "../query";
import { countColumn, idRow, momentColumn, readOneRow, readRow, readRows } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { lockVersion, versionTitles } from "./find";
import { titlesColumn, versionTitles as titlesOf } from "./pending-answers";

/** The latest messages that are shown; nobody has yet written as many about one answer. */
const MOST = 200;

/** How often an account may write before operations write again: each of it mails people. */
const IN_A_ROW = 5;

const subject = { versionId: uuid, accountId: uuid };
const written = { ...subject, body: prose(2000) };

const messageRow = z.object({
  id: z.string(),
  accountId: z.string(),
  side: z.enum(ASK_SIDES),
  author: z.string(),
  body: z.string(),
  writtenAt: momentColumn,
});
export type AskMessage = z.output<typeof messageRow>;

const MESSAGES = sql`
  select m.id, m.account_id as "accountId", m.side, u.name as author, m.body, m.written_at as "writtenAt"
  from ask_messages m join users u on u.id = m.user_id`;

const standingRow = z.object({
  accountId: z.string(),
  accountName: z.string(),
  uin: z.string(),
  documentId: z.string(),
  titles: titlesColumn,
  label: z.string(),
  state: z.enum(ASK_STATES),
});

/** What was written with an account about its answer to a version, and how it stands. @throws NotFound */
export const readConversation = query({
  may: "policy.readCoverage",
  input: z.object(subject),

  async run({ db, now }, { versionId, accountId }) {
    const [standing, messages] = await Promise.all([
      readRow(db, standingRow)`
        select a.id as "accountId", a.name as "accountName", a.uin, d.id as "documentId",
          ${titlesOf()} as titles, v.label, s.state
        from policy_versions v join policy_documents d on d.id = v.document_id
        join (
          select ${askState(now)} as state from (select * from accounts where id = ${accountId}) a
          cross join (${askedVersions(sql`v.id = ${versionId}`)}) v ${askJoins}
        ) s on true
        join accounts a on a.id = ${accountId}
        where v.id = ${versionId}`,
      readRows(db, messageRow)`
        select * from (
          ${MESSAGES} where m.version_id = ${versionId} and m.account_id = ${accountId}
          order by m.written_at desc, m.id desc limit ${MOST}
        ) latest order by "writtenAt", id`,
    ]);
    if (!standing) throw new NotFound("errors.notFound");
    return { ...standing, messages };
  },
});

/** The same for the accounts that the reader may bind, all together, in the order they were written. */
export const listOwnConversations = query({
  may: "policy.readOwnAnswers",
  input: z.object({ versionId: uuid }),

  run({ db, actor }, { versionId }) {
    const bound = person(actor)
      .memberships.filter(({ role }) => BINDING_ROLES.some((one) => one === role))
      .map(({ accountId }) => accountId);
    return readRows(db, messageRow)`
      select * from (
        ${MESSAGES} where m.version_id = ${versionId} and m.account_id = any(${sql.param(bound)}::uuid[])
        order by m.written_at desc, m.id desc limit ${MOST}
      ) latest order by "writtenAt", id`;
  },
});

/** Operations write to an account about its answer; whoever may bind it is told. @throws Conflict, Invalid */
export const writeToAccount = verb({
  may: "policy.writeToAccount",
  input: z.object(written),

  async run(step, input) {
    const people = await bindersOf(step.tx, input.accountId);
    if (people.length === 0) throw new Conflict("policies.errors.nobodyToWriteTo");
    await write(step, { ...input, side: "vendor", people });
  },
});

/** The account writes back; the staff who wrote are told. @throws Conflict where nobody has written, Invalid */
export const writeBack = verb({
  may: "policy.writeBack",
  input: z.object(written),

  async run(step, input) {
    membershipIn(step.actor, input.accountId, BINDING_ROLES);
    const writers = await readRows(step.tx, idRow)`
      select distinct m.user_id as id from ask_messages m
      where m.version_id = ${input.versionId} and m.account_id = ${input.accountId} and m.side = 'vendor'`;
    if (writers.length === 0) throw new Conflict("policies.errors.nobodyWrote");
    const { count } = await readOneRow(step.tx, z.object({ count: countColumn }))`
      select count(*) as count from ask_messages m
      where m.version_id = ${input.versionId} and m.account_id = ${input.accountId}
        and m.written_at > (
          select max(v.written_at) from ask_messages v
          where v.version_id = m.version_id and v.account_id = m.account_id and v.side = 'vendor'
        )`;
    if (count >= IN_A_ROW) throw new Conflict("policies.errors.waitForReply");
    await write(step, { ...input, side: "account", people: await stillStaff(step.tx, writers) });
  },
});

type Writing = {
  versionId: string;
  accountId: string;
  body: string;
  side: AskSide;
  people: readonly string[];
};

async function write(step: RecordedStep, { versionId, accountId, body, side, people }: Writing) {
  const { tx, actor, now, record } = step;
  if (!body.trim()) throw new Invalid("errors.form", { body: ["errors.field.required"] });
  const { version, document } = await lockVersion(tx, versionId, "share");
  const account = await readRow(tx, z.object({ name: z.string(), uin: z.string() }))`
    select a.name, a.uin from accounts a where a.id = ${accountId} and a.closed_at is null
      and exists (select from apps where apps.account_id = a.id and apps.product_id = ${document.productId})`;
  if (!account) throw new NotFound("errors.notFound");
  const [message] = await tx
    .insert(askMessages)
    .values({
      versionId,
      accountId,
      side,
      userId: person(actor).id,
      body: body.trim(),
      writtenAt: now,
    })
    .returning({ id: askMessages.id });
  if (!message) throw new Error("the message was not written");
  await record("ask.written", { id: accountId, after: { versionId, side } });
  await startBroadcast(step, {
    kind: "ask_message",
    subjectId: message.id,
    facts: {
      ...{ versionId, documentId: document.id, accountId, side },
      ...{ documentTitle: versionTitles(version, document), label: version.label },
      ...{ accountName: account.name, uin: account.uin, writtenAt: now.toISOString() },
    },
    audience: side === "vendor" ? { accountId, userIds: people } : { userIds: people },
  });
}

async function bindersOf(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await readRows(tx, idRow)`
    select user_id as id from members
    where account_id = ${accountId} and left_at is null and role = any(${sql.param([...BINDING_ROLES])}::text[])`;
  return rows.map(({ id }) => id);
}

/** Of those who wrote, who still works here; where nobody does, everybody who may write in their place. */
async function stillStaff(tx: Tx, writers: readonly { id: string }[]): Promise<string[]> {
  const rows = await readRows(tx, z.object({ id: z.string(), wrote: z.boolean() }))`
    select distinct user_id as id, user_id = any(${sql.param(writers.map(({ id }) => id))}::uuid[]) as wrote
    from staff_roles where role = any(${sql.param([...GRANTS["policy.writeToAccount"]])}::text[])`;
  const own = rows.filter(({ wrote }) => wrote);
  return (own.length > 0 ? own : rows).map(({ id }) => id);
}
