import { and, eq } from "drizzle-orm";
import type { z } from "zod";

import type { Tx } from "@/db/client";
import { type Notice, notices } from "@/db/schema";
import type { NoticeParts } from "@/db/schema/incidents";
import { MATTER_PARTS, type NoticeType } from "@/db/vocabulary/incidents";
import { HOME_ZONE } from "@/db/vocabulary/zones";
import { hashOf } from "@/lib/hash";

import { Invalid } from "../errors";
import { saveDraft } from "../reviews/draft";
import { takenState } from "../reviews/read-states";
import { verb } from "../verb";
import { lockEditable } from "./find";
import { planOf } from "./go-out";
import { noticeInput } from "./input";
import { NOTICE } from "./review-kind";

/**
 * Saves the composer. A later notice may still become another kind of later notice. Saving what is
 * there changes nothing. @throws Conflict, Invalid
 */
export const editNotice = verb({
  may: "notice.draft",
  input: noticeInput,

  async run(step, { noticeId, revision, type, visibility, stateId, ...rest }) {
    const { notice, incident } = await lockEditable(step.tx, { noticeId, revision });
    const incidentNumber = incident?.number ?? null;
    assertType(notice, type);
    const own = notice.incidentId ? notice.visibility : (visibility ?? notice.visibility);
    const fields = {
      ...written({ type, visibility: own, ...rest, ...formatOf(notice) }),
      ...fixedOf(notice),
    };
    if (fields.correctsId) await assertPublished(step.tx, notice, fields.correctsId);
    if (hashOf(fieldsOf(notice)) === hashOf(fields))
      return step.unchanged({ revision, incidentNumber });
    const taken = await takenState(step.tx, { subjectId: noticeId, stateId });
    const saved = await saveDraft(step, NOTICE, {
      draft: notice,
      own: fields,
      said: { before: contentOfForm(notice), after: contentOfForm(fields) },
      wordsOf: taken?.userId ?? null,
    });
    await step.record("notice.edited", {
      id: noticeId,
      before: { textHash: hashOf(fieldsOf(notice)) },
      after: {
        ...{ textHash: hashOf(fields), revision: saved.revision },
        ...(taken && { fromStateAt: taken.at }),
      },
    });
    return { ...saved, incidentNumber };
  },
});

const formatOf = ({ parts: { format } }: Notice) => (format ? { format } : {});

/** What follows an announcement is told as that one was, to the same, and as soon as it is approved. */
const fixedOf = ({ followsId, visibility, notifies, silentReason }: Notice) =>
  followsId
    ? { visibility, notifies, silentReason, waves: null, goesOutAt: null, goesOutZone: null }
    : {};

type Said = Pick<z.output<typeof noticeInput>, "matter" | "matterParts">;

/** What an announcement says of its matter; what belongs to another one is left out. */
function matterOf(type: NoticeType, { matter, matterParts }: Said) {
  if (type !== "announcement" || !matter) return {};
  const own: Said["matterParts"] = {};
  for (const part of MATTER_PARTS[matter]) if (matterParts[part]) own[part] = matterParts[part];
  return { matter, matterParts: own };
}

type Given = Omit<z.output<typeof noticeInput>, "noticeId" | "revision" | "stateId">;

/** What the form's fields come to: no reason of who notifies, and nothing corrected but by a correction. */
const written = ({
  visibility,
  ...given
}: Omit<Given, "visibility"> & Pick<Notice, "visibility"> & Pick<NoticeParts, "format">) => {
  const { type, notifies, silentReason, correctsId, goesOutAt, goesOutZone, waves, ...said } =
    given;
  const { matter, matterParts, ...plain } = said;
  const parts = { ...plain, ...matterOf(type, { matter, matterParts }) };
  return {
    ...{ type, parts, notifies, visibility },
    // An incident is told as soon as it is approved (P17).
    ...planOf({ goesOutAt: type === "announcement" ? goesOutAt : null, goesOutZone }),
    silentReason: notifies ? null : silentReason,
    waves: notifies && waves.by !== "once" ? waves : null,
    correctsId: type === "correction" ? correctsId : null,
  };
};

type Fields = Pick<
  Notice,
  | "type"
  | "parts"
  | "notifies"
  | "silentReason"
  | "waves"
  | "correctsId"
  | "visibility"
  | "goesOutAt"
  | "goesOutZone"
>;

/** What the form of a notice says, by its fields; of an incident's the incident says how far it goes. */
export const contentOfForm = (notice: Fields) => {
  const { parts, visibility, goesOutAt, goesOutZone, waves, ...fields } = fieldsOf(notice);
  const said = { matter: parts.matter ?? null, matterParts: parts.matterParts ?? {} };
  const moment = {
    goesOutAt: goesOutAt?.toISOString() ?? null,
    goesOutZone: goesOutZone ?? HOME_ZONE,
  };
  const own = { visibility, ...moment };
  const how = { waves: waves ?? ({ by: "once" } as const) };
  return { ...fields, ...parts, ...said, ...how, ...(notice.type === "announcement" && own) };
};

const fieldsOf = (notice: Fields) => {
  const { type, parts, notifies, silentReason, waves, correctsId, visibility } = notice;
  const { goesOutAt, goesOutZone } = notice;
  return {
    ...{ type, parts, notifies, silentReason, waves, correctsId, visibility },
    ...{ goesOutAt, goesOutZone },
  };
};

/** The first notice stays the first, an announcement an announcement. @throws Invalid */
function assertType(notice: Notice, type: NoticeType): void {
  const isFixed = (one: NoticeType) => one === "initial" || one === "announcement";
  if (notice.type !== type && (isFixed(notice.type) || isFixed(type)))
    throw new Invalid("errors.form", { type: ["notices.errors.type"] });
}

async function assertPublished(tx: Tx, notice: Notice, correctsId: string): Promise<void> {
  const found = await tx.$count(
    notices,
    and(
      eq(notices.id, correctsId),
      eq(notices.incidentId, notice.incidentId ?? notice.id),
      eq(notices.status, "published"),
    ),
  );
  if (found === 0)
    throw new Invalid("errors.form", { correctsId: ["notices.errors.missing.corrects"] });
}
