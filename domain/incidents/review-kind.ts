import { eq } from "drizzle-orm";

import { type JudgedNotice, type Notice, notices, noticeSubmissions } from "@/db/schema";

import type { Kind } from "../reviews/kind";
import { NOTICE_MOVES } from "./rules";

/** A notice, of an incident or an announcement, as the room of reviews has to know it. */
export const NOTICE: Kind<"scheduled" | "published", Partial<Notice>, JudgedNotice> = {
  type: "notice",
  moves: NOTICE_MOVES,
  refusals: {
    movedOn: "notices.errors.movedOn",
    notEditable: "notices.errors.published",
    notDiscardable: "notices.errors.movedOn",
    editedMeanwhile: "notices.errors.editedMeanwhile",
    ownWork: "notices.errors.ownWork",
    notWhatWasSeen: "notices.errors.notWhatWasSeen",
    noReason: "notices.errors.missing.reason",
    incomplete: "notices.errors.incomplete",
    countDiffers: "notices.errors.countDiffers",
  },
  write: (tx, id, { common, own }) =>
    tx
      .update(notices)
      .set({ ...own, ...common })
      .where(eq(notices.id, id)),
  async erase(tx, id) {
    await tx.delete(noticeSubmissions).where(eq(noticeSubmissions.noticeId, id));
    await tx.delete(notices).where(eq(notices.id, id));
  },
};
