import { eq } from "drizzle-orm";
import { z } from "zod";

import { apps, appAttestations } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { ATTESTATIONS } from "@/db/vocabulary/policies";
import { LOCALES } from "@/db/vocabulary/languages";

import { membershipIn, person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { askedOf } from "./attestations";

/**
 * Somebody who may bind the account says of an app that every point of a list holds: the four
 * preconditions of the service (P12), or the self-check of the compliance guide (P11). It counts for
 * the text of which it was said. @throws NotFound; Invalid while a point is open; Conflict when the text
 * changed meanwhile
 */
export const attest = verb({
  may: "app.manageOwn",
  input: z.object({
    appId: uuid,
    kind: z.enum(ATTESTATIONS),
    locale: z.enum(LOCALES),
    textHash: z.string().max(64),
    points: z.array(z.string().max(20)).max(200),
  }),

  async run({ tx, actor, now, record, unchanged }, { appId, kind, locale, textHash, points }) {
    const [app] = await tx.select().from(apps).where(eq(apps.id, appId)).for("update");
    if (!app) throw new NotFound("errors.notFound");
    membershipIn(actor, app.accountId, BINDING_ROLES);
    const asked = (await askedOf(tx, app, locale)).find((one) => one.kind === kind);
    if (!asked) throw new NotFound("errors.notFound");
    if (asked.textHash !== textHash) throw new Conflict("policies.errors.attest.changed");
    if (asked.points.some(({ key }) => !points.includes(key)))
      throw new Invalid("errors.form", { points: ["policies.errors.attest.open"] });
    if (asked.last?.textHash === textHash) return unchanged();
    await tx.insert(appAttestations).values({
      ...{ appId, kind, locale, textHash, versionId: asked.versionId },
      points: asked.points.map(({ key, words }) => words ?? key),
      ...{ attestedBy: person(actor).id, attestedAt: now },
    });
    await record("app.attested", {
      id: appId,
      after: { kind, versionId: asked.versionId, textHash, points: asked.points.length },
    });
  },
});
