import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";

import { deregistrations } from "@/db/schema";
import { canonicalJson, hashOf } from "@/lib/hash";
import { isSignedByUs } from "@/lib/signing";

import { certificateKey } from "../access/secrets";
import { may } from "../access/permissions";
import { certificate } from "../broadcasts/deregistration-facts";
import { type SealedProof, proofAbout } from "../audit/proof";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { query } from "../query";
import { deregistrationNumber } from "./input";

const opened = z.object({
  number: deregistrationNumber,
  key: z.string().max(100).nullable().catch(null),
});

/**
 * A certificate, for who has the key of the last mail, and for staff. `canonical` is the text whose
 * sha256 is the hash. @throws NotFound for everybody else, whether there is one or not
 */
export const readCertificate = query({
  may: "deregistration.readCertificate",
  input: opened,

  async run({ db, actor }, { number, key }) {
    mayOpen(actor, { number, key });
    const [found] = await db
      .select({ stated: deregistrations.certificate, hash: deregistrations.certificateHash })
      .from(deregistrations)
      .where(eq(deregistrations.number, number));
    if (!found?.stated || !found.hash) throw new NotFound("errors.notFound");
    const stated = certificate.parse(found.stated);
    return {
      stated,
      hash: found.hash,
      canonical: canonicalJson(found.stated),
      isUnchanged: hashOf(found.stated) === found.hash,
    };
  },
});

/** That the certificate's hash stands in the sealed record; null for the seconds until it is sealed. @throws NotFound like it */
export const readCertificateProof = query({
  may: "deregistration.readCertificate",
  input: opened,

  async run({ db, actor }, { number, key }): Promise<SealedProof | null> {
    mayOpen(actor, { number, key });
    const [found] = await db
      .select({ id: deregistrations.id })
      .from(deregistrations)
      .where(and(eq(deregistrations.number, number), isNotNull(deregistrations.certificateHash)));
    if (!found) throw new NotFound("errors.notFound");
    const actions = ["deregistration.completed"] as const;
    return proofAbout(db, { type: "deregistration", id: found.id, actions });
  },
});

function mayOpen(actor: Actor, { number, key }: z.output<typeof opened>): void {
  const isKnown = key !== null && isSignedByUs(key, (by) => certificateKey(number, by));
  if (!isKnown && !may(actor, "deregistration.read")) throw new NotFound("errors.notFound");
}
