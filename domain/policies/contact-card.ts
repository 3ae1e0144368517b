import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { contactCards, type PolicyVersion, policyVersions, users } from "@/db/schema";
import type { CardContent } from "@/db/schema/policies";
import type { Locale } from "@/db/vocabulary/languages";
import { CARD_LINES } from "@/db/vocabulary/policies";
import { setting } from "@/lib/env";
import { hashOf } from "@/lib/hash";
import { shanghaiDay } from "@/lib/shanghai";
import type { PolicyBlock } from "@/text/blocks";
import { contactsOf, type Finding } from "@/text/policy-checks";

import { query } from "../query";
import { versionBefore } from "./find";

/** `since` is null where no card was entered yet, and the settings say who is meant. */
export type ContactCard = CardContent & { since: string | null };

/** Who answers for the guides today, and how they are reached (P45, P46, P58). */
export const readContactCard = query({
  may: "policy.read",
  input: z.object({}),

  run: async ({ db, now }): Promise<ContactCard> =>
    (await cardOn(db, { day: shanghaiDay(now) })) ?? cardOfSettings(),
});

/** Until somebody enters a card. */
function cardOfSettings(): ContactCard {
  const both = (zh: string | undefined, en = zh) => ({
    ...(zh && { "zh-CN": zh }),
    ...(en && { en }),
  });
  const post = setting("POSTAL_ADDRESS");
  return {
    since: null,
    mail: setting("PRIVACY_CONTACT") ?? "",
    lines: {
      name: both(setting("VENDOR_NAME_ZH"), setting("VENDOR_NAME_EN")),
      ...(post && { post: both(post) }),
    },
  };
}

type On = {
  /** In Asia/Shanghai, "2026-03-02"; null for the last day there is. */
  day: string | null;
  /** As it was known then. */
  knownAt?: Date | null;
};

/** The card that holds on a day, or null before the first. */
export async function cardOn(db: Db | Tx, { day, knownAt }: On) {
  const [card] = await db
    .select()
    .from(contactCards)
    .where(
      and(
        eq(contactCards.decision, "approved"),
        day ? lte(contactCards.since, day) : undefined,
        knownAt ? lte(contactCards.decidedAt, knownAt) : undefined,
      ),
    )
    .orderBy(desc(contactCards.since), desc(contactCards.decidedAt))
    .limit(1);
  return card ? { since: card.since, ...card.content } : null;
}

const said = ({ mail, lines }: CardContent) => hashOf({ mail, lines });

/** Without an id it is one that will be. */
type Ahead = Pick<PolicyVersion, "documentId" | "effectiveAt" | "effectiveDate"> & { id?: string };

/**
 * The card that changes with a version: another holds on its day than was known for the version before,
 * when that was approved. Question 5 is answered with yes by that alone. Null where none changes.
 */
export async function cardChangedBy(db: Db | Tx, version: Ahead) {
  const before = await versionBefore(db, version);
  if (!before) return null;
  const [was, is] = [
    await cardOn(db, { day: before.effectiveDate, knownAt: before.approvedAt }),
    await cardOn(db, { day: version.effectiveDate }),
  ];
  return was && is && said(was) !== said(is) ? is : null;
}

/** The answers to the six questions, the fifth as the contact card has it (P45, P58). */
export async function withCardAnswer<Answers extends PolicyVersion["majorAnswers"]>(
  db: Db | Tx,
  version: Ahead,
  answers: Answers,
): Promise<Answers> {
  return (await cardChangedBy(db, version)) ? { ...answers, contacts: true } : answers;
}

/** What the words about contacts of a guide do not say as the card has it; where a text has none, all of it. */
export function notOnCard(blocks: PolicyBlock[], card: CardContent, locale: Locale): Finding[] {
  const text = squeezed(
    contactsOf(blocks, Infinity)
      .map(({ words }) => words ?? "")
      .join("\n"),
  );
  const wanted = CARD_LINES.filter((line) => line !== "service").map(
    (line) => card.lines[line]?.[locale] ?? "",
  );
  return [card.mail, ...wanted]
    .filter((words) => words !== "" && !text.includes(squeezed(words)))
    .map((words) => ({ place: null, words }));
}

/** Without what layout and punctuation make of it. */
const squeezed = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@]/gu, "");

const PAST = 30;
const proposers = alias(users, "proposers");
const deciders = alias(users, "deciders");

/** For the desk: the card of today, those that hold later, the one that waits for a second person, and the last that were. */
export const listContactCards = query({
  may: "policy.readDrafts",
  input: z.object({}),

  async run(ctx) {
    const { db, now } = ctx;
    const today = shanghaiDay(now);
    const select = () =>
      db
        .select({ card: contactCards, proposer: proposers.name, decider: deciders.name })
        .from(contactCards)
        .innerJoin(proposers, eq(proposers.id, contactCards.proposedBy))
        .leftJoin(deciders, eq(deciders.id, contactCards.decidedBy));
    const approved = eq(contactCards.decision, "approved");
    const [[waiting], later, past] = await Promise.all([
      select().where(isNull(contactCards.decision)),
      select()
        .where(and(approved, gt(contactCards.since, today)))
        .orderBy(asc(contactCards.since))
        .limit(PAST),
      select()
        .where(
          or(eq(contactCards.decision, "rejected"), and(approved, lte(contactCards.since, today))),
        )
        .orderBy(desc(contactCards.decidedAt))
        .limit(PAST),
    ]);
    return {
      today,
      current: await readContactCard(ctx, {}),
      waiting: waiting ?? null,
      later,
      past,
    };
  },
});

export type DeskCard = Awaited<ReturnType<typeof listContactCards>>["past"][number];

/** Versions that are being written: a card that is approved may answer their question. */
export const openVersions = (db: Db | Tx) =>
  db
    .select()
    .from(policyVersions)
    .where(
      and(
        inArray(policyVersions.status, ["draft", "in_review"]),
        isNull(policyVersions.provenance),
      ),
    )
    .for("update");
