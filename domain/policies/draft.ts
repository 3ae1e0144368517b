import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions } from "@/db/schema";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { versionInForce } from "./find";
import { label } from "./input";

/**
 * Starts the next version of a document from the text in force (or empty, for the first). One
 * version at a time is on its way to the readers. @throws Conflict, Invalid, NotFound
 */
export const draftVersion = verb({
  may: "policy.draft",
  input: z.object({ documentId: uuid, label }),

  async run({ tx, actor, now, record }, { documentId, label: wanted }) {
    const [document] = await tx
      .select()
      .from(policyDocuments)
      .where(eq(policyDocuments.id, documentId))
      .for("update");
    if (!document) throw new NotFound("errors.notFound");

    const versions = await tx
      .select({ label: policyVersions.label, status: policyVersions.status })
      .from(policyVersions)
      .where(eq(policyVersions.documentId, documentId));
    if (versions.some(({ status }) => ["draft", "in_review", "scheduled"].includes(status)))
      throw new Conflict("policies.errors.anotherAhead");
    if (versions.some((version) => version.label === wanted))
      throw new Invalid("errors.form", { label: ["policies.errors.labelTaken"] });

    const [version] = await tx
      .insert(policyVersions)
      .values({
        documentId,
        label: wanted,
        authorId: person(actor).id,
        writerIds: [person(actor).id],
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!version) throw new Error("the version row was not written");

    const current = await versionInForce(tx, documentId);
    if (current) {
      await tx.execute(sql`
        insert into policy_texts (version_id, locale, body, source_name, updated_at)
        select ${version.id}, locale, body, source_name, ${now.toISOString()}::timestamptz
        from policy_texts where version_id = ${current.id}`);
    }
    await record("version.drafted", {
      subject: { type: "version", id: version.id },
      after: { documentId, label: wanted, from: current?.label ?? null },
    });
    return version;
  },
});
