import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";

import { apps, kitTakes } from "@/db/schema";
import { ADVISED_ROLES } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";
import { hashOf } from "@/lib/hash";

import { membershipIn, person } from "../access/permissions";
import { NotFound } from "../errors";
import { prose, uuid } from "../input";
import { verb } from "../verb";
import { readPolicyKit } from "./policy-kit";

/**
 * Keeps the text that an app takes for its own policy, word for word, so that the next change is shown
 * against it (P40). Taking the same text again changes nothing. @throws NotFound
 */
export const takeKit = verb({
  may: "app.manageOwn",
  input: z.object({ appId: uuid, locale: z.enum(LOCALES), text: prose(500_000) }),

  async run(step, { appId, locale, text }) {
    const { tx, actor, now, record, unchanged } = step;
    const [app] = await tx.select().from(apps).where(eq(apps.id, appId)).for("update");
    if (!app) throw new NotFound("errors.notFound");
    membershipIn(actor, app.accountId, ADVISED_ROLES);
    const { versionId } = await readPolicyKit(step, { appId, locale });
    const [last] = await tx
      .select()
      .from(kitTakes)
      .where(and(eq(kitTakes.appId, appId), eq(kitTakes.locale, locale)))
      .orderBy(desc(kitTakes.takenAt))
      .limit(1);
    if (last?.versionId === versionId && last.text === text) return unchanged();
    await tx
      .insert(kitTakes)
      .values({ appId, versionId, locale, text, takenBy: person(actor).id, takenAt: now });
    await record("app.kit_taken", {
      id: appId,
      after: { versionId, locale, textHash: hashOf({ text }) },
    });
  },
});
