import type { ReviewSubject } from "@/db/vocabulary/reviews";
import type { Person } from "@/domain/context";
import { discardNotice } from "@/domain/incidents/discard-notice";
import { editNotice } from "@/domain/incidents/edit-notice";
import { findNotice } from "@/domain/incidents/find-notice";
import { readNoticesAhead } from "@/domain/incidents/list-notices";
import { approveNotice, rejectNotice } from "@/domain/incidents/review-notice";
import { discardVersion } from "@/domain/policies/discard";
import { editVersion } from "@/domain/policies/edit";
import { findVersion } from "@/domain/policies/find-version";
import { listAhead } from "@/domain/policies/list-ahead";
import { approveVersion, rejectVersion } from "@/domain/policies/review";

import { acting } from "./context";
import { composed, givenAnnouncement, givenNoticeDesk, NOTICE_DAY, submitted } from "./notices";
import { completeDraft, givenInForce, givenSubmitted, MAJOR_CHANGE, versionNow } from "./policies";

type Thing = { id: string; revision: number; contentHash: string };
type Seen = Pick<Thing, "id" | "contentHash">;

/** The verbs of one kind of thing under the same names, so that every kind passes the same tests. */
type Acts = {
  /** One that waits for a second person. */
  given: () => Promise<Thing & { author: Person; approver: Person }>;
  approve: (person: Person, seen: Seen) => Promise<unknown>;
  reject: (person: Person, seen: Seen & { reason: string }) => Promise<unknown>;
  edit: (person: Person, thing: Thing) => Promise<unknown>;
  discard: (person: Person, thing: Thing) => Promise<unknown>;
  history: (
    person: Person,
    id: string,
  ) => Promise<{ reviews: { decision: string; judged: unknown }[]; acts: { isReturn: boolean }[] }>;
  /** The reviewer's words beside a draft that has come back. */
  returned: (person: Person, id: string) => Promise<string | null | undefined>;
};

const { written, approved } = NOTICE_DAY;
const MORNING = "2026-03-02 11:00";
const at = acting;

export const KINDS: Record<ReviewSubject, Acts> = {
  version: {
    async given() {
      const desk = await givenInForce();
      return { ...desk, ...(await givenSubmitted(desk, MAJOR_CHANGE)) };
    },
    approve: (by, { id, contentHash }) =>
      approveVersion(at(by, MORNING), { versionId: id, contentHash }),
    reject: (by, { id, ...seen }) => rejectVersion(at(by, MORNING), { versionId: id, ...seen }),
    edit: (by, thing) =>
      editVersion(at(by, MORNING), completeDraft(thing, { ...MAJOR_CHANGE, text: "# 一、换了\n" })),
    discard: (by, { id }) =>
      versionNow(id).then(({ revision }) =>
        discardVersion(at(by, MORNING), { versionId: id, revision }),
      ),
    history: (by, id) => findVersion(at(by, MORNING), { versionId: id }),
    returned: async (by, id) =>
      (await listAhead(at(by, MORNING), { ownDrafts: true })).rows.find((one) => one.id === id)
        ?.rejection,
  },
  notice: {
    async given() {
      const desk = await givenNoticeDesk();
      const silent = { notifies: false, silentReason: "改正错字。" };
      const notice = await submitted(desk, await givenAnnouncement(desk, silent));
      return { ...desk, ...notice };
    },
    approve: (by, { id, contentHash }) =>
      approveNotice(at(by, approved), { noticeId: id, contentHash }),
    reject: (by, { id, ...seen }) => rejectNotice(at(by, approved), { noticeId: id, ...seen }),
    edit: (by, thing) =>
      editNotice(
        at(by, approved),
        composed(thing, { type: "announcement", situation: { "zh-CN": "换了一句。" } }),
      ),
    discard: (by, { id, revision }) => discardNotice(at(by, approved), { noticeId: id, revision }),
    history: (by, id) => findNotice(at(by, written), { noticeId: id }),
    returned: async (by, id) =>
      (await readNoticesAhead(at(by, approved), { ids: [id] })).find((one) => one.id === id)
        ?.rejection,
  },
};
