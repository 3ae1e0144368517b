import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps } from "@/db/schema";
import { draftVersion } from "@/domain/policies/draft";
import { editVersion } from "@/domain/policies/edit";
import { approveVersion } from "@/domain/policies/review";
import { submitVersion } from "@/domain/policies/submit";

import { acting } from "./context";
import { givenAccount, givenMember } from "./people";
import {
  answers,
  completeDraft,
  explainFindings,
  givenApproved,
  givenDesk,
  versionNow,
} from "./policies";

const AT = "2026-03-02 10:00";

const listed = (...rows: string[]) =>
  ["# 一、信息", "", "| 信息 | 目的 |", "|---|---|", ...rows, ""].join("\n");

/** An app of a product whose guide lists what it collects. */
export async function givenListed() {
  const desk = await givenDesk();
  await givenApproved(desk, { text: listed("| 设备型号 | 适配 |") });
  const account = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  return { ...desk, account, owner, appId: app!.id };
}

/** A next version that affects end users, announced on 2 March and in force from 1 April. */
export async function affecting(desk: Awaited<ReturnType<typeof givenListed>>) {
  const author = acting(desk.author, AT);
  const { id } = await draftVersion(author, { documentId: desk.documentId, label: "2.0" });
  const draft = await versionNow(id);
  await editVersion(author, {
    ...completeDraft(draft, {
      ...{ label: "2.0", effectiveDate: "2026-04-01" },
      text: listed("| 设备型号 | 适配 |", "| 通讯录 | 找朋友 |"),
    }),
    ...{ affectsEndUsers: true, majorAnswers: answers("rights") },
  });
  await explainFindings(author, id);
  const { revision } = await versionNow(id);
  await submitVersion(author, { versionId: id, revision });
  const { contentHash } = await versionNow(id);
  await approveVersion(acting(desk.approver, AT), {
    versionId: id,
    contentHash: contentHash ?? "",
  });
  return versionNow(id);
}
