import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts } from "@/db/schema";
import { MATTER_PARTS, MATTERS } from "@/db/vocabulary/incidents";
import { SAMPLE_SENDER } from "@/emails/_components/samples";
import { renderBroadcastMail } from "@/emails/render";
import { acting } from "@/tests/support/context";
import {
  composed,
  givenAffected,
  givenAnnouncement,
  givenNoticeDesk,
  noticeNow,
  published,
} from "@/tests/support/notices";

import { readFacts } from "../broadcasts/facts";
import { editNotice } from "./edit-notice";
import { submitNotice } from "./submit-notice";

const WRITTEN = "2026-11-20 09:40";

test.each(MATTERS)(
  "P10, P13, P15, P51: an announcement about %s leaves only with every part the guide promises, and tells each",
  async (matter) => {
    const desk = await givenNoticeDesk();
    await givenAffected(desk.productId, {});
    const parts = MATTER_PARTS[matter];
    const said = Object.fromEntries(parts.map((part) => [part, { "zh-CN": `内容-${part}` }]));
    const [first = "purpose", last = "purpose"] = [parts[0], parts.at(-1)];
    const { [first]: _one, [last]: _other, ...others } = said;
    const draft = await givenAnnouncement(desk, { matter, matterParts: others });

    const ctx = acting(desk.author, WRITTEN);
    await expect(
      submitNotice(ctx, { noticeId: draft.id, revision: draft.revision }),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: Object.fromEntries(
        [first, last].map((part) => [
          `matterParts.${part}.zh-CN`,
          ["notices.errors.missing.matterPart"],
        ]),
      ),
    });

    await editNotice(ctx, composed(draft, { type: "announcement", matter, matterParts: said }));
    const notice = await published(desk, await noticeNow(draft.id), { typedPeople: 1 });
    const [told] = await db
      .select()
      .from(broadcasts)
      .where(eq(broadcasts.id, notice.broadcastId ?? ""));
    const { text } = await renderBroadcastMail(
      readFacts("announcement", told?.facts),
      SAMPLE_SENDER,
    );
    for (const part of parts) expect(text).toContain(`内容-${part}`);
  },
);

test("what belongs to another matter is not kept, and other announcements have none", async () => {
  const desk = await givenNoticeDesk();
  const risk = { "zh-CN": "风险" };
  const { id, revision, parts } = await givenAnnouncement(desk, {
    ...{ matter: "transfer", matterParts: { risk, contact: { "zh-CN": "电话" } } },
  });
  expect(parts.matterParts).toEqual({ contact: { "zh-CN": "电话" } });
  const ctx = acting(desk.author, WRITTEN);
  await editNotice(ctx, {
    ...composed({ id, revision }, { type: "announcement", matterParts: { risk } }),
    matter: null,
  });
  const { parts: plain } = await noticeNow(id);
  expect([plain.matter, plain.matterParts]).toEqual([undefined, undefined]);
});
