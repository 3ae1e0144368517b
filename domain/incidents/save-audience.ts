import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  type AudienceRule,
  type Notice,
  notices,
  savedAudiences,
  savedAudienceVersions,
} from "@/db/schema";
import { hashOf } from "@/lib/hash";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { plainLine, uuid } from "../input";
import { assertRevision, saveDraft } from "../reviews/draft";
import { isOnItsWay } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { lockEditable, lockNotice } from "./find";
import { NOTICE } from "./review-kind";
import { ruleSummary } from "./reviewed-content";
import { idsFoundBy, newestOf } from "./saved-audiences";
import { assertOwnAudience } from "./set-audience";

/** A saved audience in use with its newest rule, locked until the transaction ends. @throws NotFound, Conflict */
async function lockAudience(tx: Tx, audienceId: string) {
  await tx.select().from(savedAudiences).where(eq(savedAudiences.id, audienceId)).for("update");
  const audience = await newestOf(tx, audienceId);
  if (audience.retiredAt) throw new Conflict("notices.errors.savedAudience.retired");
  return audience;
}

/**
 * Saves whom a notice concerns, under a name or as the next version of an audience of its product, so that
 * others may take it up: what was made from an earlier version keeps the rule it was made from.
 * @throws Invalid where nobody has decided whom it concerns, or there is no name; Conflict where the name is taken, or
 * somebody changed the draft meanwhile
 */
export const saveAudience = verb({
  may: "notice.draft",
  input: z.object({
    noticeId: uuid,
    /** The draft as it was seen: nobody saves what a colleague has put in its place. */
    revision: z.coerce.number().int(),
    /** The audience of which this is the next version; empty for a new one, which has a name. */
    audienceId: z.union([z.literal(""), uuid]).default(""),
    name: z.union([z.literal(""), plainLine(60)]).default(""),
  }),

  async run(step, { noticeId, revision, ...as }) {
    const { tx } = step;
    const { notice } = await lockNotice(tx, noticeId);
    assertRevision(NOTICE, notice, revision);
    if (notice.audience.undecided) throw new Conflict("notices.errors.savedAudience.undecided");
    const audience = as.audienceId
      ? await nextVersion(step, { audienceId: as.audienceId, notice })
      : { id: await create(step, { productId: notice.productId, name: as.name }), number: 1 };
    const version = await write(step, { ...audience, rule: ruleFor(null, notice) });
    if (isOnItsWay(notice))
      await tx
        .update(notices)
        .set({ audienceVersionId: version.id })
        .where(eq(notices.id, noticeId));
    return { audienceId: audience.id, number: audience.number };
  },
});

/** @throws NotFound for one of another product; Conflict where it is retired, or has the same rule */
async function nextVersion(
  { tx }: RecordedStep,
  { audienceId, notice }: { audienceId: string; notice: Notice },
) {
  const known = await lockAudience(tx, audienceId);
  if (known.productId !== notice.productId) throw new NotFound("errors.notFound");
  if (hashOf(known.rule) === hashOf(notice.audience))
    throw new Conflict("notices.errors.savedAudience.same", { number: known.number });
  return { id: known.id, number: known.number + 1 };
}

/** Whether accounts that take part in no rehearsal are left out is the notice's, not the saved audience's: that serves any. */
function ruleFor(
  notice: Pick<Notice, "audience"> | null,
  { audience: { rehearsal: _, ...rule } }: Pick<Notice, "audience">,
): AudienceRule {
  return { ...rule, ...(notice?.audience.rehearsal && { rehearsal: true }) };
}

type Version = { id: string; number: number; rule: AudienceRule };

async function write(step: RecordedStep, { id, number, rule }: Version): Promise<{ id: string }> {
  const { tx, actor, now, record } = step;
  const [version] = await tx
    .insert(savedAudienceVersions)
    .values({ audienceId: id, number, rule, writtenBy: person(actor).id, writtenAt: now })
    .returning({ id: savedAudienceVersions.id });
  if (!version) throw new Error("the version of the audience was not written");
  await look(step, id);
  const { name } = await newestOf(tx, id);
  await record("audience.saved", { id, after: { name, number, rule: ruleSummary(rule) } });
  return version;
}

/** @throws Invalid without a name; Conflict where another of the product has it */
async function create(
  { tx, actor, now }: RecordedStep,
  { productId, name }: { productId: string; name: string },
): Promise<string> {
  if (!name) throw new Invalid("errors.form", { name: ["errors.field.required"] });
  const [row] = await tx
    .insert(savedAudiences)
    .values({
      ...{ productId, name, createdAt: now },
      ...{ lookedAt: now, lookedBy: person(actor).id, lookedApps: [] },
    })
    .onConflictDoNothing()
    .returning({ id: savedAudiences.id });
  if (!row) throw new Conflict("notices.errors.savedAudience.nameTaken");
  return row.id;
}

/** Keeps what it finds now as what was looked at. */
async function look({ tx, actor, now }: RecordedStep, audienceId: string): Promise<void> {
  const { rule } = await newestOf(tx, audienceId);
  await tx
    .update(savedAudiences)
    .set({ lookedAt: now, lookedBy: person(actor).id, lookedApps: await idsFoundBy(tx, rule) })
    .where(eq(savedAudiences.id, audienceId));
}

/**
 * Takes the newest version of a saved audience, which is the one that was looked at, as whom a draft
 * concerns; which one that was stays with it until somebody changes the audience. An edit like any other.
 * @throws NotFound for one of another product; Conflict where somebody saved the draft or the audience meanwhile
 */
export const useAudience = verb({
  may: "notice.draft",
  input: z.object({
    noticeId: uuid,
    revision: z.coerce.number().int(),
    audienceId: uuid,
    /** The version that was seen. */
    number: z.coerce.number().int(),
  }),

  async run(step, { audienceId, number, ...seen }) {
    const { notice } = await lockEditable(step.tx, seen);
    assertOwnAudience(notice);
    const audience = await lockAudience(step.tx, audienceId);
    if (audience.productId !== notice.productId) throw new NotFound("errors.notFound");
    if (audience.number !== number) throw new Conflict("notices.errors.savedAudience.movedOn");
    const { versionId } = audience;
    const rule = ruleFor(notice, { audience: audience.rule });
    if (notice.audienceVersionId === versionId) return step.unchanged({});
    await look(step, audienceId);
    await saveDraft(step, NOTICE, {
      draft: notice,
      own: { audience: rule, audienceVersionId: versionId },
    });
    await step.record("notice.audience_set", {
      id: notice.id,
      before: ruleSummary(notice.audience),
      after: ruleSummary(rule),
    });
    await step.record("notice.audience_used", { id: notice.id, after: { audienceId, number } });
    return {};
  },
});

/** Notes that somebody has looked at whom it finds now. @throws NotFound, Conflict */
export const lookAtAudience = verb({
  may: "notice.draft",
  input: z.object({ audienceId: uuid }),

  async run(step, { audienceId }) {
    const { name, number } = await lockAudience(step.tx, audienceId);
    await look(step, audienceId);
    await step.record("audience.looked_at", { id: audienceId, after: { name, number } });
  },
});

/** Offers it no more; what was made from it says so for good. @throws NotFound, Conflict */
export const retireAudience = verb({
  may: "notice.draft",
  input: z.object({ audienceId: uuid }),

  async run({ tx, now, record }, { audienceId }) {
    const { name } = await lockAudience(tx, audienceId);
    await tx
      .update(savedAudiences)
      .set({ retiredAt: now })
      .where(eq(savedAudiences.id, audienceId));
    await record("audience.retired", { id: audienceId, before: { name } });
  },
});
