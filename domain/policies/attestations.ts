import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  appAttestations,
  apps,
  policyDocuments,
  policyTexts,
  policyVersions,
  users,
} from "@/db/schema";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import {
  type Attestation,
  ATTESTED_BY,
  ATTESTATIONS,
  PRECONDITIONS,
} from "@/db/vocabulary/policies";
import { hashOf } from "@/lib/hash";
import { readText } from "@/text/offload";
import { checkPoints } from "@/text/policy-checks";

import { membershipIn } from "../access/permissions";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { titlesOf } from "./find";

/** A point of a list; its words are the document's own, or null where the product has words for it. */
type Point = { key: string; words: string | null; anchor: string | null };

/**
 * What an app has to say that it holds, each list with the document it is of, and what was said of it
 * last. A list whose document the product does not have in force is not asked.
 */
export async function askedOf(
  db: Db | Tx,
  { id, productId }: Pick<typeof apps.$inferSelect, "id" | "productId">,
  locale: Locale,
) {
  const asked = [];
  for (const kind of ATTESTATIONS) {
    const behind = await textBehind(db, { productId, kind, locale });
    if (!behind) continue;
    const points = await pointsOf(kind, behind.shown);
    if (points.length === 0) continue;
    const said = await db
      .select({ said: appAttestations, by: users.name })
      .from(appAttestations)
      .innerJoin(users, eq(users.id, appAttestations.attestedBy))
      .where(and(eq(appAttestations.appId, id), eq(appAttestations.kind, kind)))
      .orderBy(desc(appAttestations.attestedAt))
      .limit(10);
    const last = said[0] ? { ...said[0].said, by: said[0].by } : null;
    const { textHash } = behind;
    asked.push({
      ...{ kind, points, textHash, last },
      ...{ versionId: behind.versionId, label: behind.label, slug: behind.slug },
      titles: behind.titles,
      /** The language of the points, where they are the document's own words. */
      pointsIn: kind === "preconditions" ? locale : behind.shownIn,
      /** Said of the text as it is now. */
      holds: last?.textHash === textHash,
    });
  }
  return asked;
}

export type Asked = Awaited<ReturnType<typeof askedOf>>[number];

async function pointsOf(kind: Attestation, text: string): Promise<Point[]> {
  if (kind === "preconditions")
    return PRECONDITIONS.map((key) => ({ key, words: null, anchor: null }));
  return checkPoints(await readText(text));
}

type Behind = { productId: string; kind: Attestation; locale: Locale };

/** The document's version in force whose text a list is about; the binding text decides whether it changed. */
async function textBehind(db: Db | Tx, { productId, kind, locale }: Behind) {
  const rows = await db
    .select({ document: policyDocuments, version: policyVersions, text: policyTexts })
    .from(policyDocuments)
    .innerJoin(
      policyVersions,
      and(eq(policyVersions.documentId, policyDocuments.id), eq(policyVersions.status, "in_force")),
    )
    .innerJoin(policyTexts, eq(policyTexts.versionId, policyVersions.id))
    .where(
      and(
        eq(policyDocuments.productId, productId),
        eq(policyDocuments.kind, ATTESTED_BY[kind]),
        isNull(policyDocuments.discardedAt),
      ),
    )
    .orderBy(asc(policyDocuments.createdAt));
  const [first] = rows;
  if (!first) return null;
  const own = rows.filter(({ document }) => document.id === first.document.id);
  const bodyIn = (wanted: Locale) => own.find(({ text }) => text.locale === wanted)?.text.body;
  const binding = bodyIn(first.document.bindingLocale) ?? "";
  return {
    versionId: first.version.id,
    label: first.version.label,
    slug: first.document.slug,
    titles: titlesOf(first.document),
    textHash: hashOf({ kind, text: binding }),
    shown: bodyIn(locale) ?? binding,
    shownIn: bodyIn(locale) === undefined ? first.document.bindingLocale : locale,
  };
}

/** What an app has to say that it holds, for its own account. @throws NotFound for somebody else's app */
export const readAttestations = query({
  may: "account.readOwn",
  input: z.object({ appId: uuid, locale: z.enum(LOCALES) }),

  async run({ db, actor }, { appId, locale }) {
    const [app] = await db.select().from(apps).where(eq(apps.id, appId));
    if (!app) throw new NotFound("errors.notFound");
    const { role } = membershipIn(actor, app.accountId);
    return { role, isOpen: app.closedAt === null, asked: await askedOf(db, app, locale) };
  },
});
