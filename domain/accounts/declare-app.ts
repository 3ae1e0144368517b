import { and, asc, eq, isNull, ne } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, appDeclarations, apps, type DeclaredAnswer } from "@/db/schema";
import {
  DECLARATION_QUESTIONS,
  DECLARATION_TOPICS,
  type DeclarationTopic,
} from "@/db/vocabulary/accounts";
import { hashOf } from "@/lib/hash";

import { person } from "../access/permissions";
import { Invalid } from "../errors";
import { uuid } from "../input";
import { type RecordedStep, verb } from "../verb";
import { latestOf } from "./declarations";
import { lockOwnApp } from "./own-apps";
import { lockOwnAccount } from "./own-members";
import { DECLARATIONS_PUT_OFF_DAYS, decidedBy, isToAnswer } from "./rules";

const yesNo = z.enum(["yes", "no"]).optional();

const input = z.object({
  appId: uuid,
  minors: z.object({ isOfAge: yesNo, isForChildren: yesNo, hasGuardianConsent: yesNo }),
  eea: z.object({ isEstablished: yesNo, offers: yesNo, monitors: yesNo }),
  /** Says the same of the account's other apps in use, as far as they have not declared it. */
  others: z.boolean(),
});
type Given = z.output<typeof input>;

/**
 * An owner declares of an app whether it is for children (P37) and whether the GDPR applies to it
 * (P49). A topic left blank stays as it is; one that is answered is answered whole. What was declared
 * before stays in the history; saying the same again changes nothing.
 * @throws Invalid at each question left open, NotFound, Conflict when the account is closed
 */
export const declareOwnApp = verb({
  may: "app.manageOwn",
  input,

  async run(step, given) {
    const answers = wholeAnswers(given);
    const app = await lockOwnApp(step.tx, step.actor, given.appId);
    const rest = given.others ? await openAppsBeside(step.tx, app) : [];
    let written = 0;
    for (const [topic, answer] of answers) {
      const before = await latestOf(step.tx, [app.id, ...rest]);
      const others = rest.filter((id) => !before.get(id)?.[topic]);
      const last = before.get(app.id)?.[topic];
      const isNew = !last || hashOf(last.answer) !== hashOf(answer);
      const ids = isNew ? [app.id, ...others] : others;
      await write(step, { topic, answer, ids, before, accountId: app.accountId });
      written += ids.length;
    }
    if (written === 0) return step.unchanged();
  },
});

/** @throws Invalid */
function wholeAnswers(given: Given): [DeclarationTopic, DeclaredAnswer][] {
  const missing: Record<string, string[]> = {};
  const answers = DECLARATION_TOPICS.flatMap((topic): [DeclarationTopic, DeclaredAnswer][] => {
    const said: DeclaredAnswer = Object.fromEntries(
      Object.entries(given[topic]).flatMap(([question, word]) =>
        word ? [[question, word === "yes"]] : [],
      ),
    );
    const arising = DECLARATION_QUESTIONS[topic].filter((one) => isToAnswer(one, said));
    if (Object.keys(said).length === 0) return [];
    for (const question of arising.filter((one) => said[one] === undefined))
      missing[`${topic}.${question}`] = ["errors.field.required"];
    return [[topic, Object.fromEntries(arising.map((one) => [one, said[one]]))]];
  });
  if (answers.length === 0) throw new Invalid("accounts.errors.nothingDeclared");
  if (Object.keys(missing).length > 0) throw new Invalid("errors.form", missing);
  return answers;
}

type Place = { id: string; accountId: string };

async function openAppsBeside(tx: Tx, { id, accountId }: Place): Promise<string[]> {
  const rows = await tx
    .select({ id: apps.id })
    .from(apps)
    .where(and(eq(apps.accountId, accountId), isNull(apps.closedAt), ne(apps.id, id)))
    .orderBy(asc(apps.id));
  return rows.map((row) => row.id);
}

/** Rows of one statement: seven values each, and PostgreSQL takes 65,535 a statement. */
const CHUNK = 2000;

type Writing = {
  accountId: string;
  topic: DeclarationTopic;
  answer: DeclaredAnswer;
  ids: readonly string[];
  before: Awaited<ReturnType<typeof latestOf>>;
};

async function write(step: RecordedStep, writing: Writing): Promise<void> {
  const { accountId, topic, answer, ids, before } = writing;
  if (ids.length === 0) return;
  const applies = decidedBy(topic, answer).length > 0;
  const last = (id: string) => before.get(id)?.[topic];
  const rows = ids.map((appId) => ({
    ...{ appId, topic, answer, applies, revision: (last(appId)?.revision ?? 0) + 1 },
    declaredBy: person(step.actor).id,
    declaredAt: step.now,
  }));
  for (let start = 0; start < rows.length; start += CHUNK)
    await step.tx.insert(appDeclarations).values(rows.slice(start, start + CHUNK));
  await step.recordEach(
    "app.declared",
    ids.map((id) => {
      const was = last(id);
      return {
        id,
        ...(was && { before: { accountId, topic, answer: was.answer, applies: was.applies } }),
        after: { accountId, topic, answer, applies },
      };
    }),
  );
}

/**
 * The owner does not know yet: nobody is reminded for 30 days, and the apps stay undeclared. Until
 * then it is no less possible to declare. @throws NotFound, Conflict
 */
export const putOffDeclarations = verb({
  may: "app.manageOwn",
  input: z.object({ accountId: uuid }),

  async run({ tx, actor, now, record, unchanged }, { accountId }) {
    const { account } = await lockOwnAccount(tx, actor, accountId);
    if (account.declarationsPutOffUntil && account.declarationsPutOffUntil > now)
      return unchanged();
    const until = new Date(now.getTime() + DECLARATIONS_PUT_OFF_DAYS * 86_400_000);
    await tx
      .update(accounts)
      .set({ declarationsPutOffUntil: until })
      .where(eq(accounts.id, accountId));
    await record("account.put_off_declarations", {
      id: accountId,
      after: { until },
    });
  },
});
