import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { type PolicyVersion, policyVersions } from "@/db/schema";
import { MAJOR_QUESTIONS, type MajorQuestion } from "@/db/vocabulary/policies";
import type { Context, Person } from "@/domain/context";
import { activateDueVersions } from "@/domain/policies/activate";
import { createDocument } from "@/domain/policies/create-document";
import { draftVersion } from "@/domain/policies/draft";
import { editVersion } from "@/domain/policies/edit";
import { explainChecks } from "@/domain/policies/explain-checks";
import { findVersion } from "@/domain/policies/find-version";
import { approveVersion } from "@/domain/policies/review";
import { submitVersion } from "@/domain/policies/submit";
import { proposeVersionWithdrawal, withdrawVersion } from "@/domain/policies/withdraw";
import { shanghaiMidnight } from "@/lib/shanghai";

import { acting } from "./context";
import { givenProduct, givenStaff } from "./people";

export type Desk = {
  author: Person;
  approver: Person;
  productId: string;
  documentId: string;
  slug: string;
};

/** A product with an empty document, somebody who writes and somebody who approves. */
export async function givenDesk(): Promise<Desk> {
  const [author, approver] = [await givenStaff("author"), await givenStaff("approver")];
  const product = await givenProduct();
  const document = await createDocument(acting(author, "2026-01-05 09:00"), {
    productId: product.id,
    slug: `guide-${randomUUID().slice(0, 8)}`,
    kind: "privacy_guide",
    titleZh: "隐私保护指引",
    titleEn: "Privacy Guide",
    bindingLocale: "zh-CN",
  });
  return { author, approver, productId: product.id, documentId: document.id, slug: document.slug };
}

/** Answers to the six questions: no, but for those named. */
export function answers(...yes: MajorQuestion[]) {
  return Object.fromEntries(MAJOR_QUESTIONS.map((question) => [question, yes.includes(question)]));
}

export type Wish = {
  label?: string;
  effectiveDate?: string;
  major?: readonly MajorQuestion[];
  text?: string;
  english?: string;
  needsConsent?: boolean;
  /** When it is written, submitted and approved; Beijing's clock. */
  at?: string;
};

const WISHES = {
  label: "1.0",
  effectiveDate: "2026-01-05",
  major: [] as readonly MajorQuestion[],
  text: "# 一、引言\n\n我们重视您的**个人信息**。\n",
  at: "2026-01-05 10:00",
};

/** What the composer sends for a complete draft. */
export function completeDraft(version: { id: string; revision: number }, wish: Wish = {}) {
  const { label, effectiveDate, major, text } = { ...WISHES, ...wish };
  return {
    versionId: version.id,
    revision: version.revision,
    label,
    effectiveDate,
    affectsEndUsers: false,
    needsConsent: wish.needsConsent ?? false,
    changes: [
      {
        text: { "zh-CN": "新增设备信息的用途说明。", en: "Adds why device data is used." },
        anchor: null,
      },
    ],
    majorAnswers: answers(...major),
    texts: { "zh-CN": text, ...(wish.english !== undefined && { en: wish.english }) },
  };
}

/** A complete draft, not submitted. */
export async function givenDraft(desk: Desk, wish: Wish = {}): Promise<PolicyVersion> {
  const { label, at } = { ...WISHES, ...wish };
  const ctx = acting(desk.author, at);
  const version = await draftVersion(ctx, { documentId: desk.documentId, label });
  await editVersion(ctx, completeDraft(version, wish));
  return versionNow(version.id);
}

/** A version that waits for a second person. */
export async function givenSubmitted(desk: Desk, wish: Wish = {}): Promise<Seen> {
  const version = await givenDraft(desk, wish);
  const ctx = acting(desk.author, wish.at ?? WISHES.at);
  await explainFindings(ctx, version.id);
  await submitVersion(ctx, { versionId: version.id, revision: version.revision });
  return seen(await versionNow(version.id));
}

/** Its author says of all that the checks found that it may stay. */
export async function explainFindings(ctx: Context, versionId: string): Promise<void> {
  const { version, checks } = await findVersion(ctx, { versionId });
  const open = checks.filter(({ isBlocking, explanation }) => !isBlocking && !explanation);
  const explanations = Object.fromEntries(
    open.map(({ check, digest }) => [check, { digest, reason: "没有实质影响。" }]),
  );
  if (open.length > 0)
    await explainChecks(ctx, { versionId, revision: version.revision, explanations });
}

/** A version a second person has approved: scheduled, or in force when it is the first and due. */
export async function givenApproved(desk: Desk, wish: Wish = {}): Promise<Seen> {
  const { id, contentHash } = await givenSubmitted(desk, wish);
  await approveVersion(acting(desk.approver, wish.at ?? WISHES.at), {
    versionId: id,
    contentHash,
  });
  return seen(await versionNow(id));
}

/** A document whose version 1.0 is in force. */
export async function givenInForce(): Promise<Desk & { first: Seen }> {
  const desk = await givenDesk();
  return { ...desk, first: await givenApproved(desk) };
}

/** A major version 2.0, approved on 2 March and in force from 1 April 2026, after a 1.0. */
export async function givenMajorChange(): Promise<Desk & { first: Seen; next: Seen }> {
  const desk = await givenInForce();
  return { ...desk, next: await givenApproved(desk, MAJOR_CHANGE) };
}

export const MAJOR_CHANGE: Wish = {
  label: "2.0",
  effectiveDate: "2026-04-01",
  major: ["recipients"],
  text: "# 一、引言\n\n我们重视您的**个人信息**,并新增了接收方。\n",
  at: "2026-03-02 10:00",
};

/** Lets the midnight of a version's day come. */
export async function untilInForce(version: PolicyVersion): Promise<PolicyVersion> {
  const now = shanghaiMidnight(version.effectiveDate ?? "");
  await activateDueVersions({ actor: { kind: "job", id: "activate-versions" }, now }, {});
  return versionNow(version.id);
}

/** Withdraws a scheduled version: its author proposes it and the approver agrees. */
export async function withdraw(
  { author, approver }: Pick<Desk, "author" | "approver">,
  version: { id: string },
  { at = "2026-03-05 10:00", reason = "推迟" } = {},
) {
  await proposeVersionWithdrawal(acting(author, at), { versionId: version.id, reason });
  return withdrawVersion(acting(approver, at), { versionId: version.id });
}

export type Seen = PolicyVersion & { contentHash: string };

/** A version with the hash its reviewer sees. */
function seen(version: PolicyVersion): Seen {
  if (!version.contentHash) throw new Error("the version has not been submitted");
  return { ...version, contentHash: version.contentHash };
}

export async function versionNow(id: string): Promise<PolicyVersion> {
  const [version] = await db.select().from(policyVersions).where(eq(policyVersions.id, id));
  return version!;
}
