import { and, desc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  type AudienceRule,
  broadcasts,
  notices,
  policyDocuments,
  policyVersions,
} from "@/db/schema";
import type { Texts } from "@/db/schema/incidents";
import { TOLD_BY_RULE } from "@/db/vocabulary/broadcasts";
import { LOCALES } from "@/db/vocabulary/languages";

import { readFactsAs, type Told } from "../broadcasts/facts";
import type { Context } from "../context";
import { Invalid } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { readRows } from "../rows";
import type { RecordedStep } from "../verb";

/** The newest of a product; whom older ones told is nobody's question any more. */
const TELLINGS = 50;
const TAGS = 200;

/** By what the accounts of a rule can be chosen: the tags there are, and the product's last tellings. */
export const listAccountChoices = query({
  may: "notice.readDrafts",
  input: z.object({ productId: uuid }),

  async run(ctx, { productId }) {
    return { tags: await tagsInUse(ctx.db), tellings: await tellingsOf(ctx, productId) };
  },
});

async function tagsInUse(db: Db | Tx): Promise<string[]> {
  const rows = await readRows(db, z.object({ tag: z.string() }))`
    select distinct tag from accounts, unnest(tags) as tag
    where closed_at is null and tags <> '{}' order by tag limit ${TAGS}`;
  return rows.map(({ tag }) => tag);
}

/** Those of some tags that an open account has: there may be more than are shown to choose from. */
async function inUse(db: Db | Tx, tags: readonly string[]): Promise<string[]> {
  const given = sql.param([...tags]);
  const rows = await readRows(db, z.object({ tag: z.string() }))`
    select distinct tag from accounts, unnest(tags) as tag
    where closed_at is null and tags && ${given}::text[] and tag = any(${given}::text[])`;
  return rows.map(({ tag }) => tag);
}

/** Tellings of a product whose last delivery is written: of another nobody knows yet whom it told. */
async function tellingsOf(
  { db, actor }: Pick<Context, "actor"> & { db: Db | Tx },
  productId: string,
) {
  const rows = await db
    .select({
      ...{ id: broadcasts.id, kind: broadcasts.kind },
      ...{ facts: broadcasts.facts, startedAt: broadcasts.startedAt },
    })
    .from(broadcasts)
    .leftJoin(notices, eq(notices.id, broadcasts.subjectId))
    .leftJoin(policyVersions, eq(policyVersions.id, broadcasts.subjectId))
    .leftJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(
      and(
        inArray(broadcasts.kind, [...TOLD_BY_RULE]),
        or(eq(notices.productId, productId), eq(policyDocuments.productId, productId)),
        or(isNotNull(broadcasts.preparedAt), isNotNull(broadcasts.cancelledAt)),
      ),
    )
    .orderBy(desc(broadcasts.startedAt), desc(broadcasts.id))
    .limit(TELLINGS);
  return rows.map(({ id, kind, facts, startedAt }) => ({
    ...{ id, startedAt },
    name: nameOf(readFactsAs(actor, kind, facts)),
  }));
}

/** What a telling is called, in its own words; of a restricted incident nothing but its number. */
function nameOf(told: Told): Texts {
  const each = (say: (locale: (typeof LOCALES)[number]) => string | undefined): Texts =>
    Object.fromEntries(
      LOCALES.flatMap((locale) => {
        const said = say(locale);
        return said ? [[locale, said]] : [];
      }),
    );
  if (told.kind === "announcement") return told.facts.title;
  if (told.kind === "policy_change") {
    const { documentTitle, label } = told.facts;
    return each((locale) => documentTitle[locale] && `${documentTitle[locale]} ${label}`);
  }
  if (told.kind !== "incident_notice") throw new Error(`${told.kind} is told by no rule`);
  const { incidentNumber, sequence, title, visibility } = told.facts;
  const number = `${incidentNumber} #${sequence}`;
  return visibility === "restricted"
    ? each(() => number)
    : each((locale) => title[locale] && `${number} ${title[locale]}`);
}

type Given = { productId: string; tags: readonly string[]; toldBy: string };

/**
 * What a rule keeps of the accounts that were chosen; nothing where nothing was, as in every rule from
 * before, so that their hashes hold. What the rule had already it may keep, though nobody has it any more.
 * @throws Invalid for a tag that no account has, a telling that is none of the product
 */
export async function chosenAccounts(
  { tx, actor }: RecordedStep,
  { productId, tags, toldBy }: Given,
  kept: AudienceRule,
): Promise<Pick<AudienceRule, "tags" | "toldBy">> {
  const known = tags.length > 0 ? [...(kept.tags ?? []), ...(await inUse(tx, tags))] : [];
  const unknown = tags.filter((tag) => !known.includes(tag));
  if (unknown.length > 0)
    throw new Invalid(
      "errors.form",
      { tags: ["notices.errors.audience.unknownTag"] },
      { tag: unknown.join(", ") },
    );
  return {
    ...(tags.length > 0 && { tags: [...new Set(tags)].sort() }),
    ...(toldBy && { toldBy: await tellingNamed({ db: tx, actor }, { productId, toldBy }, kept) }),
  };
}

async function tellingNamed(
  reading: Parameters<typeof tellingsOf>[0],
  { productId, toldBy }: Pick<Given, "productId" | "toldBy">,
  kept: AudienceRule,
): Promise<NonNullable<AudienceRule["toldBy"]>> {
  if (kept.toldBy?.broadcastId === toldBy) return kept.toldBy;
  const telling = (await tellingsOf(reading, productId)).find(({ id }) => id === toldBy);
  if (!telling)
    throw new Invalid("errors.form", { toldBy: ["notices.errors.audience.unknownTelling"] });
  return { broadcastId: telling.id, name: telling.name };
}
