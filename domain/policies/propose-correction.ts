import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { policyCorrections, type PolicyVersion } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { MANIFEST_PARTS } from "@/text/manifest-words";
import { namesOf } from "@/text/manifest-diff";
import { correctionFault } from "@/text/corrections";
import { readText } from "@/text/offload";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { prose, uuid } from "../input";
import { verb } from "../verb";
import { contentHash, type Written } from "./content";
import { lockVersion, writtenOf } from "./find";
import { manifestIn } from "./manifest";

/**
 * Proposes to put right a slip in a text that was announced, where that changes nothing of what it says
 * (docs/decisions/059). It is shown once another person agrees; nobody is told anew.
 * @throws Conflict while another one waits, or for a version that is not on its way or in force; Invalid
 * at the text that says something else, with the place, or says the same
 */
export const proposeCorrection = verb({
  may: "policy.draft",
  input: z.object({
    versionId: uuid,
    locale: z.enum(LOCALES),
    body: prose(2_000_000),
    reason: prose(1000).refine((text) => text.trim() !== "", "errors.field.required"),
  }),

  async run({ tx, actor, now, record }, { versionId, locale, body, reason }) {
    const { version } = await lockVersion(tx, versionId);
    assertCorrectable(version);
    const waits = and(
      eq(policyCorrections.versionId, versionId),
      isNull(policyCorrections.decision),
    );
    if ((await tx.$count(policyCorrections, waits)) > 0)
      throw new Conflict("policies.errors.correction.waits");

    const written = await writtenOf(tx, versionId);
    await assertSlip(written, { locale, body });
    const hashes = {
      hashBefore: contentHash({ ...version, ...written }),
      contentHash: contentHash({
        ...version,
        ...written,
        texts: { ...written.texts, [locale]: body },
      }),
    };
    const [correction] = await tx
      .insert(policyCorrections)
      .values({
        ...{ versionId, locale, body, reason, ...hashes },
        ...{ proposedBy: person(actor).id, proposedAt: now },
      })
      .returning({ id: policyCorrections.id });
    if (!correction) throw new Error("the correction row was not written");
    await record("version.correction_proposed", {
      id: versionId,
      after: { locale, reason, ...hashes },
    });
    return correction;
  },
});

/** What is still asked about or holds; what is archived stays as it was read. @throws Conflict */
export function assertCorrectable({ status }: Pick<PolicyVersion, "status">): void {
  if (status !== "scheduled" && status !== "in_force")
    throw new Conflict("policies.errors.correction.notNow");
}

type Proposed = { locale: (typeof LOCALES)[number]; body: string };

/** @throws Invalid with what would change, and where */
async function assertSlip(written: Written, { locale, body }: Proposed): Promise<void> {
  const text = written.texts[locale];
  if (text === undefined)
    throw new Invalid("errors.form", { locale: ["policies.errors.correction.noText"] });
  const manifest = await manifestIn(written, locale);
  const names = MANIFEST_PARTS.flatMap((part) =>
    (manifest?.[part] ?? []).flatMap(({ name }) => namesOf(name)),
  );
  const found = correctionFault(await readText(text), await readText(body), [...new Set(names)]);
  if (!found) return;
  const { fault, place, words } = found;
  const key = `policies.errors.correction.${fault}`;
  throw new Invalid("errors.form", { body: [key] }, { place: place ?? "none", words });
}
