import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { policyDocuments, policyReviews, policyTexts, policyVersions } from "@/db/schema";
import { formatTime } from "@/lib/format";

import { Conflict, NotFound } from "../errors";
import { line, uuid } from "../input";
import { verb } from "../verb";
import { lockVersion } from "./find";

/**
 * Throws a draft away, and its label becomes free. What a second person has judged stays, as it was
 * judged. @throws Conflict when it is no draft, has been reviewed, or somebody saved meanwhile
 */
export const discardVersion = verb({
  may: "policy.draft",
  input: z.object({ versionId: uuid, revision: z.coerce.number().int() }),

  async run({ tx, record }, { versionId, revision }) {
    const { version } = await lockVersion(tx, versionId);
    if (version.revision !== revision)
      throw new Conflict("policies.errors.editedMeanwhile", {
        time: formatTime(version.updatedAt),
      });
    await deleteDraft(tx, version);
    const { documentId, label } = version;
    await record("version.discarded", {
      subject: { type: "document", id: documentId },
      before: { label, contentHash: version.contentHash },
    });
    return { documentId };
  },
});

/** Throws away a document nothing of which was ever approved or sent back. @throws Conflict, NotFound */
export const discardDocument = verb({
  may: "policy.draft",
  input: z.object({ documentId: uuid }),

  async run({ tx, record }, { documentId }) {
    const document = await lockDocument(tx, documentId);
    const versions = await tx
      .select()
      .from(policyVersions)
      .where(eq(policyVersions.documentId, documentId))
      .for("update");
    for (const version of versions) await deleteDraft(tx, version);
    await tx.delete(policyDocuments).where(eq(policyDocuments.id, documentId));
    await record("document.discarded", {
      subject: { type: "document", id: documentId },
      before: document,
    });
  },
});

/** Gives a document another title; its address stays. What was told keeps the title it was told with. */
export const renameDocument = verb({
  may: "policy.draft",
  input: z.object({ documentId: uuid, titleZh: line(120), titleEn: line(200) }),

  async run({ tx, record, unchanged }, { documentId, titleZh, titleEn }) {
    const before = await lockDocument(tx, documentId);
    if (before.titleZh === titleZh && before.titleEn === titleEn) return unchanged();
    await tx
      .update(policyDocuments)
      .set({ titleZh, titleEn })
      .where(eq(policyDocuments.id, documentId));
    await record("document.renamed", {
      subject: { type: "document", id: documentId },
      before: { titleZh: before.titleZh, titleEn: before.titleEn },
      after: { titleZh, titleEn },
    });
  },
});

async function lockDocument(tx: Tx, id: string) {
  const [document] = await tx
    .select()
    .from(policyDocuments)
    .where(eq(policyDocuments.id, id))
    .for("update");
  if (!document) throw new NotFound("errors.notFound");
  return document;
}

async function deleteDraft(tx: Tx, { id, status }: { id: string; status: string }): Promise<void> {
  if (status !== "draft") throw new Conflict("policies.errors.notDiscardable");
  const reviews = await tx.$count(policyReviews, eq(policyReviews.versionId, id));
  if (reviews > 0) throw new Conflict("policies.errors.reviewed");
  await tx.delete(policyTexts).where(eq(policyTexts.versionId, id));
  await tx.delete(policyVersions).where(eq(policyVersions.id, id));
}
