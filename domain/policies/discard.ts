import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { policyDocuments, policyVersions } from "@/db/schema";

import { person } from "../access/permissions";
import { NotFound } from "../errors";
import { line, uuid } from "../input";
import { assertRevision, discardDraft } from "../reviews/draft";
import { verb } from "../verb";
import { lockVersion, titlesOf } from "./find";
import { VERSION } from "./review-kind";
import { hasBeenPublished } from "./submit";

/**
 * Throws a draft away, and its label becomes free. What a second person has judged stays to be read,
 * in no list. @throws Conflict when it is no draft, or somebody saved meanwhile
 */
export const discardVersion = verb({
  may: "policy.draft",
  input: z.object({ versionId: uuid, revision: z.coerce.number().int() }),

  async run(step, { versionId, revision }) {
    const { version } = await lockVersion(step.tx, versionId);
    assertRevision(VERSION, version, revision);
    const isKept = await discardDraft(step, VERSION, version);
    const { documentId, label } = version;
    await step.record("version.discarded", {
      ...(isKept ? { id: versionId } : { subject: "document", id: documentId }),
      before: { label, contentHash: version.contentHash },
    });
    return { documentId };
  },
});

/**
 * Throws away a document nothing of which was ever approved, and its address becomes free. Where a
 * second person has judged a draft of it, both stay to be read, in no list. @throws Conflict, NotFound
 */
export const discardDocument = verb({
  may: "policy.draft",
  input: z.object({ documentId: uuid }),

  async run(step, { documentId }) {
    const { tx, now, record } = step;
    const document = await lockDocument(tx, documentId);
    const versions = await tx
      .select()
      .from(policyVersions)
      .where(eq(policyVersions.documentId, documentId))
      .for("update");
    const keeps: boolean[] = [];
    for (const version of versions)
      keeps.push(version.status === "discarded" || (await discardDraft(step, VERSION, version)));
    await (keeps.includes(true)
      ? tx
          .update(policyDocuments)
          .set({ discardedBy: person(step.actor).id, discardedAt: now })
          .where(eq(policyDocuments.id, documentId))
      : tx.delete(policyDocuments).where(eq(policyDocuments.id, documentId)));
    await record("document.discarded", {
      id: documentId,
      before: document,
    });
  },
});

/**
 * Gives a document another title; its address stays. What was published and told keeps the title it was
 * published with, and readers of a published document see when it was renamed.
 */
export const renameDocument = verb({
  may: "policy.draft",
  input: z.object({ documentId: uuid, titleZh: line(120), titleEn: line(200) }),

  async run({ tx, now, record, unchanged }, { documentId, titleZh, titleEn }) {
    const before = await lockDocument(tx, documentId);
    if (before.titleZh === titleZh && before.titleEn === titleEn) return unchanged();
    const former = { ...titlesOf(before), until: now.toISOString() };
    const isPublic = await hasBeenPublished(tx, documentId);
    await tx
      .update(policyDocuments)
      .set({
        titleZh,
        titleEn,
        ...(isPublic && { formerTitles: [...before.formerTitles, former] }),
      })
      .where(eq(policyDocuments.id, documentId));
    await record("document.renamed", {
      id: documentId,
      before: { titleZh: before.titleZh, titleEn: before.titleEn },
      after: { titleZh, titleEn },
    });
  },
});

async function lockDocument(tx: Tx, id: string) {
  const [document] = await tx
    .select()
    .from(policyDocuments)
    .where(and(eq(policyDocuments.id, id), isNull(policyDocuments.discardedAt)))
    .for("update");
  if (!document) throw new NotFound("errors.notFound");
  return document;
}
