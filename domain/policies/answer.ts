import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  accounts,
  type PolicyAcknowledgement,
  policyAcknowledgements,
  type PolicyDocument,
  type PolicyVersion,
} from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";
import { ACKNOWLEDGEMENT_ANSWERS, SHOWN_BY } from "@/db/vocabulary/policies";

import { membershipIn, person } from "../access/permissions";
import { commitmentTo } from "../audit/leaf";
import { startBroadcast } from "../broadcasts/start";
import { Conflict, Invalid, NotFound } from "../errors";
import { markReadAbout } from "../inbox/about";
import { prose, uuid } from "../input";
import { nextNumber } from "../next-number";
import { type RecordedStep, verb } from "../verb";
import { integratesProduct, answersOf } from "./integration";
import { lockVersion, versionTitles } from "./find";
import { pendingAnswers, readAsking } from "./pending-answers";
import { settleAskTasks } from "./ask-tasks";
import { hashOfToday } from "./corrections";
import { assertAnswerable } from "./rules";

export const answerInput = z.object({
  versionId: uuid,
  accountId: uuid,
  answer: z.enum(ACKNOWLEDGEMENT_ANSWERS, { error: "errors.field.required" }),
  /** The box beside the statement; it starts unticked and must be ticked to acknowledge. */
  confirmed: z.boolean(),
  reason: prose(2000).nullable(),
  /** Of a disagreement: which changes it is about, by their number in the list; none where it is about the whole. */
  changeNumbers: z.array(z.coerce.number().int().positive()).max(500).default([]),
  contentHash: z.string(),
  statement: prose(1000),
  locale: z.enum(LOCALES),
  shownBy: z.enum(SHOWN_BY).default("page"),
  userAgent: z.string().max(500).nullable(),
  network: z.string().max(100).nullable().default(null),
});

/**
 * The owner or legal signatory answers for the account: acknowledges this exact text, or disagrees
 * (P04). Append-only; a receipt is mailed. Repeating the same answer changes nothing and
 * returns the first one. @throws Conflict, Invalid, NotAllowed (role), NotFound (not their account)
 */
export const answerVersion = verb({
  may: "policy.answer",
  fresh: true,
  input: answerInput,

  async run(step, input) {
    const { tx, actor, record, unchanged } = step;
    const { role } = membershipIn(actor, input.accountId, BINDING_ROLES);
    // A million accounts answer one version: each waits for its own other answer alone.
    const { version, document } = await lockVersion(tx, input.versionId, "share");
    const account = await lockAccount(tx, input.accountId);
    if (
      !(await integratesProduct(tx, { accountId: input.accountId, productId: document.productId }))
    )
      throw new NotFound("errors.notFound");

    const given = await answersOf(tx, input);
    const latest = given.at(-1);
    if (latest?.answer === input.answer) return unchanged(latest);
    assertAnswerable(
      { status: version.status, ...(await readAsking(tx, version.id)) },
      given.map(({ answer }) => answer),
    );
    const changeNumbers = changesNamed(version, input);
    if (input.answer === "acknowledged" && !input.confirmed)
      throw new Invalid("errors.form", { confirmed: ["policies.errors.missing.confirmation"] });
    if ((await hashOfToday(tx, version)) !== input.contentHash)
      throw new Conflict("policies.errors.notWhatWasSeen");

    // Before the number, behind which all others who answer wait.
    await settleAskTasks(step, input);
    await readTold(step, input);
    const answered = await append(step, {
      ...input,
      changeNumbers,
      role,
      accountName: account.name,
    });
    const { id, userAgent, network, visitSalt, personName, ...proof } = answered;
    const action =
      input.answer === "acknowledged" ? "acknowledgement.given" : "acknowledgement.refused";
    await record(action, { id, after: proof });
    await mailReceipt(step, { answered, uin: account.uin, version, document });
    return answered;
  },
});

/** @throws Invalid for a number that the version's list of changes does not have */
function changesNamed(
  { changes }: PolicyVersion,
  { answer, changeNumbers }: z.output<typeof answerInput>,
): number[] {
  if (answer !== "disagreed") return [];
  if (changeNumbers.some((number) => number > changes.length))
    throw new Invalid("errors.form", { changeNumbers: ["errors.field.invalid"] });
  return [...new Set(changeNumbers)].toSorted((a, b) => a - b);
}

/** Who answers for the last of the accounts they were told for has read what told them. */
async function readTold(
  step: RecordedStep,
  { versionId, accountId }: Pick<z.output<typeof answerInput>, "versionId" | "accountId">,
): Promise<void> {
  const hasOthers = person(step.actor).memberships.some((one) => one.accountId !== accountId);
  const others = hasOthers
    ? await pendingAnswers(step, { versionId, exceptAccountId: accountId })
    : { count: 0 };
  if (others.count === 0) await markReadAbout(step, { subjectIds: [versionId] });
}

async function lockAccount(tx: Tx, id: string) {
  const [account] = await tx
    .select({ name: accounts.name, uin: accounts.uin })
    .from(accounts)
    .where(eq(accounts.id, id))
    .for("no key update");
  if (!account) throw new NotFound("errors.notFound");
  return account;
}

type Appending = z.output<typeof answerInput> &
  Pick<PolicyAcknowledgement, "accountName"> & { role: PolicyAcknowledgement["memberRole"] };

async function append(step: RecordedStep, input: Appending) {
  const { tx, actor, now } = step;
  const { id: userId, name: personName, signedInAt, factorAt } = person(actor);
  const { versionId, accountId, answer, contentHash, statement, locale } = input;
  const { shownBy, userAgent, network } = input;
  const visit = commitmentTo({ browser: userAgent, network });
  const [answered] = await tx
    .insert(policyAcknowledgements)
    .values({
      versionId,
      accountId,
      answer,
      contentHash,
      statement,
      locale,
      ...{ shownBy, signedInAt, factorAt, userAgent, network },
      ...{ visitHash: visit.hash, visitSalt: visit.salt },
      reason: input.reason?.trim() || null,
      changeNumbers: input.changeNumbers,
      receiptNumber: await nextNumber(step, "acknowledgement"),
      userId,
      personName,
      memberRole: input.role,
      accountName: input.accountName,
      answeredAt: now,
    })
    .returning();
  if (!answered) throw new Error("the acknowledgement row was not written");
  return answered;
}

type Receipt = {
  answered: PolicyAcknowledgement;
  uin: string;
  version: PolicyVersion;
  document: PolicyDocument;
};

async function mailReceipt(step: RecordedStep, { answered, uin, version, document }: Receipt) {
  await startBroadcast(step, {
    kind: "acknowledgement_receipt",
    subjectId: answered.id,
    facts: {
      receiptNumber: answered.receiptNumber,
      answer: answered.answer,
      reason: answered.reason,
      documentSlug: document.slug,
      documentTitle: versionTitles(version, document),
      label: version.label,
      effectiveAt: version.effectiveAt?.toISOString() ?? "",
      accountName: answered.accountName,
      uin,
      personName: answered.personName,
      memberRole: answered.memberRole,
      statement: answered.statement,
      answeredAt: answered.answeredAt.toISOString(),
      contentHash: answered.contentHash,
    },
    audience: { accountId: answered.accountId, userIds: [answered.userId] },
    channels: ["email"],
  });
}
