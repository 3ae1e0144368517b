import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { apps, ownPolicyUpdates, policyDocuments, policyVersions } from "@/db/schema";
import { ADVISED_ROLES } from "@/db/vocabulary/access";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";
import { shanghaiDay } from "@/lib/shanghai";

import { membershipIn, person } from "../access/permissions";
import { Invalid, NotFound } from "../errors";
import { plainLine, uuid } from "../input";
import { verb } from "../verb";
import { day } from "./input";

const address = plainLine(500).refine(
  (typed) => /^https?:\/\//i.test(typed) && URL.canParse(typed),
  "policies.errors.ownPolicy.address",
);

/**
 * Says of an app that its own policy speaks of a version: where it stands, since which day, or both.
 * That closes its task; what was said stays (P40). @throws NotFound; Invalid without either, or for a
 * day that has not come
 */
export const stateOwnPolicy = verb({
  may: "app.manageOwn",
  input: z.object({
    appId: uuid,
    versionId: uuid,
    url: address.optional(),
    updatedOn: day.optional(),
  }),

  async run({ tx, actor, now, record }, { appId, versionId, url = null, updatedOn = null }) {
    const [app] = await tx.select().from(apps).where(eq(apps.id, appId)).for("update");
    if (!app) throw new NotFound("errors.notFound");
    membershipIn(actor, app.accountId, ADVISED_ROLES);
    await assertConcerns(tx, versionId, app.productId);
    assertSaid({ url, updatedOn, today: shanghaiDay(now) });
    await tx.insert(ownPolicyUpdates).values({
      ...{ appId, versionId, url, updatedOn },
      ...{ statedBy: person(actor).id, statedAt: now },
    });
    await record("app.own_policy_updated", { id: appId, after: { versionId, url, updatedOn } });
  },
});

/** @throws NotFound where no published version of the app's product is meant */
async function assertConcerns(tx: Tx, versionId: string, productId: string): Promise<void> {
  const [asking] = await tx
    .select({ id: policyVersions.id })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(
      and(
        eq(policyVersions.id, versionId),
        inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
        eq(policyDocuments.productId, productId),
      ),
    );
  if (!asking) throw new NotFound("errors.notFound");
}

type Said = { url: string | null; updatedOn: string | null; today: string };

/** @throws Invalid without an address and a day, or for a day that has not come */
function assertSaid({ url, updatedOn, today }: Said): void {
  if (url === null && updatedOn === null)
    throw new Invalid("errors.form", { url: ["policies.errors.ownPolicy.either"] });
  if (updatedOn && updatedOn > today)
    throw new Invalid("errors.form", { updatedOn: ["policies.errors.ownPolicy.future"] });
}
