import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { policyDocuments, type PolicyVersion, policyVersions } from "@/db/schema";
import { majorReasons } from "@/db/vocabulary/policies";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { withCardAnswer } from "./contact-card";
import { bodyNow, versionInForce } from "./find";
import { label } from "./input";

/**
 * Starts the next version of a document from the text in force (or empty, for the first), or from a
 * withdrawn version with all its content but the day it was to take effect. One
 * version at a time is on its way to the readers. @throws Conflict, Invalid, NotFound
 */
export const draftVersion = verb({
  may: "policy.draft",
  input: z.object({ documentId: uuid, label, fromId: uuid.optional() }),

  async run({ tx, actor, now, record }, { documentId, label: wanted, fromId }) {
    const [document] = await tx
      .select()
      .from(policyDocuments)
      .where(and(eq(policyDocuments.id, documentId), isNull(policyDocuments.discardedAt)))
      .for("update");
    if (!document) throw new NotFound("errors.notFound");

    await assertRoomFor(tx, { documentId, label: wanted });
    const source = fromId ? await withdrawnOf(tx, { documentId, fromId }) : null;
    const [version] = await tx
      .insert(policyVersions)
      .values({
        documentId,
        label: wanted,
        ...(await contentOf(tx, documentId, source)),
        authorId: person(actor).id,
        writerIds: [person(actor).id],
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!version) throw new Error("the version row was not written");

    const current = source ?? (await versionInForce(tx, documentId));
    if (current) {
      await tx.execute(sql`
        insert into policy_texts (version_id, locale, body, source_name, updated_at)
        select ${version.id}, locale, ${bodyNow}, source_name, ${now.toISOString()}::timestamptz
        from policy_texts where version_id = ${current.id}`);
    }
    await record("version.drafted", {
      id: version.id,
      after: { documentId, label: wanted, from: current?.label ?? null },
    });
    return version;
  },
});

type Wanted = { documentId: string; label: string };

/** One version at a time is on its way, and a label is never used twice. */
async function assertRoomFor(tx: Tx, { documentId, label: wanted }: Wanted): Promise<void> {
  const versions = await tx
    .select({
      label: policyVersions.label,
      status: policyVersions.status,
      provenance: policyVersions.provenance,
    })
    .from(policyVersions)
    .where(and(eq(policyVersions.documentId, documentId), ne(policyVersions.status, "discarded")));
  const isAhead = ({ status, provenance }: (typeof versions)[number]) =>
    !provenance && ["draft", "in_review", "scheduled"].includes(status);
  if (versions.some(isAhead)) throw new Conflict("policies.errors.anotherAhead");
  if (versions.some((version) => version.label === wanted))
    throw new Invalid("errors.form", { label: ["policies.errors.labelTaken"] });
}

/** What was announced and taken back may be worked on; what is in the making belongs to its writers. */
async function withdrawnOf(tx: Tx, { documentId, fromId }: { documentId: string; fromId: string }) {
  const [version] = await tx
    .select()
    .from(policyVersions)
    .where(and(eq(policyVersions.id, fromId), eq(policyVersions.documentId, documentId)));
  if (version?.status !== "withdrawn")
    throw new Invalid("errors.form", { fromId: ["policies.errors.notWithdrawn"] });
  return version;
}

/** What a version begins with: the content of a withdrawn one, and question 5 where the contact card has it (P45). */
async function contentOf(tx: Tx, documentId: string, source: PolicyVersion | null) {
  const next = { documentId, effectiveAt: null, effectiveDate: null };
  const majorAnswers = await withCardAnswer(tx, next, source?.majorAnswers ?? {});
  const answered = { majorAnswers, isMajor: majorReasons(majorAnswers).length > 0 };
  if (!source) return answered;
  const { changes, affectsEndUsers, needsConsent } = source;
  return { changes, affectsEndUsers, needsConsent, ...answered };
}
