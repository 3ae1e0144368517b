import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { accounts, apps } from "@/db/schema";
import type { Visibility } from "@/db/vocabulary/incidents";
import {
  givenIncident,
  givenNotice,
  markedParts,
  type NoticeDesk,
  published,
} from "@/tests/support/notices";

import { personOf } from "./people";

type Wish = {
  visibility?: Visibility;
  mark?: string;
  /** How many are told, where so large a part of a product's developers is that the number is typed. */
  people?: number;
};

/** An incident that concerns one app, with its first notice published. */
export async function givenPublishedIncident(
  appId: string,
  { visibility = "public", mark = "", people }: Wish = {},
) {
  const [app] = await db.select().from(apps).where(eq(apps.id, appId));
  const [account] = await db.select().from(accounts).where(eq(accounts.id, app!.accountId));
  const desk: NoticeDesk = {
    author: await personOf("author"),
    approver: await personOf("approver"),
    productId: app!.productId,
  };
  const incident = await givenIncident(desk, { visibility, mark });
  const draft = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { named: app!.sdkAppId },
    ...(mark && markedParts(mark)),
  });
  const notice = await published(desk, draft, {
    ...(people !== undefined && { typedPeople: people }),
  });
  return {
    incidentNumber: incident.number,
    incidentId: incident.id,
    /** Of the account it concerns. */
    incidentUin: account!.uin,
    noticeId: notice.id,
    noticeBroadcastId: notice.broadcastId ?? "",
  };
}
