import { z } from "zod";

import { PLATFORMS } from "@/db/vocabulary/accounts";
import { LOCALES } from "@/db/vocabulary/languages";
import { platformsIn } from "@/text/manifest-words";

import { membershipIn } from "../access/permissions";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { readRow } from "../rows";
import { readManifest } from "./read-manifest";

export type PolicyKit = Awaited<ReturnType<typeof readPolicyKit>>;

const appRow = z.object({
  accountId: z.string(),
  name: z.string(),
  products: z.object({ "zh-CN": z.string(), en: z.string() }),
  platforms: z.array(z.enum(PLATFORMS)),
  versionId: z.string().nullable(),
  slug: z.string().nullable(),
  label: z.string().nullable(),
});

/**
 * What the developer of an app has to say of a product in a policy of their own (P40): the rows of the
 * product's privacy guide in force that concern the app's platforms, a row without any concerning all.
 * @throws NotFound for somebody else's app, and where there is no guide in force or it has no lists
 */
export const readPolicyKit = query({
  may: "account.readOwn",
  input: z.object({ appId: uuid, locale: z.enum(LOCALES) }),

  async run(ctx, { appId, locale }) {
    const app = await readRow(ctx.db, appRow)`
      select p.account_id as "accountId", p.name, array(
          select platform from app_platforms where app_id = p.id order by platform
        ) as platforms,
        json_build_object('zh-CN', r.name_zh, 'en', r.name_en) as products, g.id as "versionId", g.slug, g.label
      from apps p
      join products r on r.id = p.product_id
      left join lateral (
        select v.id, d.slug, v.label from policy_documents d
        join policy_versions v on v.document_id = d.id and v.status = 'in_force'
        where d.product_id = p.product_id and d.kind = 'privacy_guide' and d.discarded_at is null
        order by d.created_at limit 1
      ) g on true
      where p.id = ${appId}`;
    if (!app) throw new NotFound("errors.notFound");
    membershipIn(ctx.actor, app.accountId);
    const { versionId, slug, label, platforms } = app;
    if (versionId === null || slug === null || label === null)
      throw new NotFound("errors.notFound");
    const guide = { slug, label };
    const { manifest, ...read } = await readManifest(ctx, { ...guide, locale });
    if (!manifest) throw new NotFound("errors.notFound");
    const concerns = (row: { platforms: string }) => {
      const named: readonly string[] = platformsIn(row.platforms);
      return (
        named.length === 0 ||
        platforms.length === 0 ||
        platforms.some((platform) => named.includes(platform))
      );
    };
    return {
      versionId,
      ...guide,
      app: app.name,
      product: app.products[read.locale],
      title: read.document.titles[read.locale],
      locale: read.locale,
      information: manifest.information.filter(concerns),
      permissions: manifest.permissions.filter(concerns),
      register: manifest.register,
    };
  },
});
