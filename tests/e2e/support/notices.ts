import { and, eq, inArray, isNotNull } from "drizzle-orm";

import { db } from "@/db/client";
import { incidents, notices } from "@/db/schema";
import { draftAnnouncement } from "@/domain/incidents/draft-notice";
import { openIncident } from "@/domain/incidents/open-incident";
import { saveAudience } from "@/domain/incidents/save-audience";

import { contextOf, personOf } from "./people";

/** The story's incident with a published notice and one that waits, its announcement, and a draft. */
export async function givenNotices() {
  const [waiting] = await db
    .select({ id: notices.id, number: incidents.number, incidentId: incidents.id })
    .from(notices)
    .innerJoin(incidents, eq(incidents.id, notices.incidentId))
    .where(
      and(
        eq(notices.status, "in_review"),
        // Another test's may wait as well, the first one of its incident.
        inArray(
          notices.incidentId,
          db
            .select({ id: notices.incidentId })
            .from(notices)
            .where(eq(notices.status, "published")),
        ),
      ),
    );
  const [published] = await db
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.incidentId, waiting!.incidentId), eq(notices.status, "published")));
  const [announcement] = await db
    .select({ id: notices.id, productId: notices.productId, revision: notices.revision })
    .from(notices)
    .where(and(eq(notices.type, "announcement"), isNotNull(notices.publishedAt)));
  const draft = await draftAnnouncement(await contextOf("author"), {
    productId: announcement!.productId,
    title: "维护公告",
  });
  const saved = await saveAudience(await contextOf("author"), {
    ...{ noticeId: announcement!.id, revision: announcement!.revision },
    name: `对象 ${draft.id.slice(0, 8)}`,
  });
  const author = await contextOf("author");
  const rehearsal = await openIncident(author, {
    ...{ productId: announcement!.productId, isRehearsal: true },
    ...{ title: { "zh-CN": "季度通知演练" }, kind: "availability", severity: "general" },
    ...{
      visibility: "affected",
      publicSummary: {},
      occurredAt: null,
      discoveredAt: author.now.toISOString(),
    },
    ...{ containedAt: null, resolvedAt: null, dataKinds: {}, cause: {} },
    ...{ contact: "security@yunqiao.example", ownerId: (await personOf("author")).id },
  });
  return {
    rehearsalNumber: rehearsal.number,
    savedAudienceId: saved.audienceId,
    openIncidentNumber: waiting!.number,
    waitingNoticeId: waiting!.id,
    publishedNoticeId: published!.id,
    announcementId: announcement!.id,
    announcementDraftId: draft.id,
  };
}
