import { and, asc, eq, inArray, max, ne } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type AudienceRule, type Incident, type Notice, notices, products } from "@/db/schema";
import type { NoticeParts } from "@/db/schema/incidents";
import { NOTICE_TYPES, type NoticeType } from "@/db/vocabulary/incidents";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { plainLine, uuid } from "../input";
import { type RecordedStep, verb } from "../verb";
import { lockIncident } from "./find";

/**
 * Starts the next notice of an incident; one at a time is on its way. The first is empty; a later one
 * takes over the parts and the audience of the notice before it, a correction of the one it corrects.
 * @throws Conflict, Invalid, NotFound
 */
export const draftNotice = verb({
  may: "notice.draft",
  input: z.object({
    incidentId: uuid,
    type: z.enum(NOTICE_TYPES).exclude(["announcement"]),
    correctsId: uuid.nullable(),
  }),

  async run(step, { incidentId, type, correctsId }) {
    const incident = await lockIncident(step.tx, incidentId);
    assertTold(incident);
    const all = await step.tx
      .select()
      .from(notices)
      .where(and(eq(notices.incidentId, incidentId), ne(notices.status, "discarded")))
      .orderBy(asc(notices.sequence));
    if (all.some(({ status }) => status !== "published"))
      throw new Conflict("notices.errors.anotherAhead");
    const before = basisOf(all, { type, correctsId });

    return insertDraft(step, {
      incidentId,
      productId: incident.productId,
      type,
      sequence: (all.at(-1)?.sequence ?? 0) + 1,
      correctsId: type === "correction" ? correctsId : null,
      visibility: incident.visibility,
      parts: before?.parts ?? emptyParts(incident.title, "required"),
      audience: before?.audience ?? undecidedOf(incident),
    });
  },
});

/**
 * Starts the correction of a notice in the name of its writers, with its words, as part of an objection.
 * @returns its id; null where another notice of the incident is on its way already
 */
export async function draftCorrection(
  step: RecordedStep,
  { notice, incident }: { notice: Notice; incident: Incident },
): Promise<string | null> {
  const ofIncident = eq(notices.incidentId, incident.id);
  const isAhead = inArray(notices.status, ["draft", "in_review"]);
  if (incident.status === "false_alarm") return null;
  if ((await step.tx.$count(notices, and(ofIncident, isAhead))) > 0) return null;
  const [last] = await step.tx
    .select({ sequence: max(notices.sequence) })
    .from(notices)
    .where(and(ofIncident, ne(notices.status, "discarded")));
  const { productId, parts, audience, authorId, writerIds } = notice;
  const { id } = await insertDraft(step, {
    ...{ incidentId: incident.id, productId, parts, audience, authorId, writerIds },
    ...{ type: "correction", correctsId: notice.id, visibility: incident.visibility },
    sequence: (last?.sequence ?? 0) + 1,
  });
  return id;
}

/** Starts an announcement, which belongs to no incident. @throws Invalid at the fields */
export const draftAnnouncement = verb({
  may: "notice.draft",
  input: z.object({ productId: uuid, title: plainLine(120) }),

  async run(step, { productId, title }) {
    await assertProduct(step.tx, productId);
    return insertDraft(step, {
      incidentId: null,
      productId,
      type: "announcement",
      sequence: 1,
      correctsId: null,
      visibility: "public",
      parts: emptyParts({ "zh-CN": title }, "information"),
      audience: undecidedOf({ productId }),
    });
  },
});

/** @throws Conflict where nothing more is told of it */
function assertTold({ status, isRehearsal }: Incident): void {
  if (status === "false_alarm") throw new Conflict("notices.errors.falseAlarm");
  if (isRehearsal && status === "closed") throw new Conflict("notices.errors.rehearsalEnded");
}

type Basis = { type: NoticeType; correctsId: string | null };

/** The notice a new one begins with; null for the first. @throws Conflict, Invalid */
function basisOf(published: readonly Notice[], { type, correctsId }: Basis): Notice | null {
  if (type === "initial") {
    if (published.length > 0) throw new Conflict("notices.errors.hasInitial");
    return null;
  }
  const basis =
    type === "correction" ? published.find(({ id }) => id === correctsId) : published.at(-1);
  if (basis) return basis;
  if (published.length === 0) throw new Conflict("notices.errors.noInitial");
  throw new Invalid("errors.form", { correctsId: ["notices.errors.missing.corrects"] });
}

export const emptyParts = (
  title: NoticeParts["title"],
  actionability: NoticeParts["actionability"],
): NoticeParts => ({
  title,
  situation: {},
  measures: [],
  adviceDevelopers: [],
  adviceEndUsers: {},
  actionability,
  format: "markdown",
});

/** Nobody is chosen by default: whom it concerns is always somebody's decision. */
const undecidedOf = ({
  productId,
  isRehearsal,
}: Pick<Incident, "productId"> & { isRehearsal?: boolean }): AudienceRule => ({
  productId,
  ...(isRehearsal && { rehearsal: true }),
  platforms: [],
  versionRange: "",
  regions: [],
  apiOnly: false,
  sdkAppIds: [],
  excludedSdkAppIds: [],
  undecided: true,
});

async function assertProduct(tx: Tx, productId: string): Promise<void> {
  const found = await tx.$count(products, eq(products.id, productId));
  if (found === 0) throw new Invalid("errors.form", { productId: ["notices.errors.product"] });
}

type Draft = Pick<
  Notice,
  | "incidentId"
  | "productId"
  | "type"
  | "sequence"
  | "correctsId"
  | "visibility"
  | "parts"
  | "audience"
> &
  Partial<
    Pick<
      Notice,
      "authorId" | "writerIds" | "followsId" | "followKind" | "notifies" | "silentReason"
    >
  >;

/** Writes the draft down, by whoever acts unless others wrote it. */
export async function insertDraft({ tx, actor, now, record }: RecordedStep, draft: Draft) {
  const { authorId = person(actor).id, writerIds = [authorId] } = draft;
  const [notice] = await tx
    .insert(notices)
    .values({ ...draft, authorId, writerIds, createdAt: now, updatedAt: now })
    .returning();
  if (!notice) throw new Error("the notice was not written");
  await record("notice.drafted", {
    id: notice.id,
    after: {
      ...{ incidentId: draft.incidentId, type: draft.type, sequence: draft.sequence },
      ...(draft.followsId &&
        draft.followKind && { followsId: draft.followsId, followKind: draft.followKind }),
    },
  });
  return { id: notice.id, revision: notice.revision };
}
