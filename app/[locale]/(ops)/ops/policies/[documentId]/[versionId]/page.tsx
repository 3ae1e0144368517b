import { getLocale, getTranslations } from "next-intl/server";

import { may } from "@/domain/access/permissions";
import { at } from "@/lib/addresses";
import { redirectTo } from "@/server/redirect";

import { Composer } from "./_components/composer";
import { PublishedVersionPage } from "./_components/published-version";
import { readVersionAt, type VersionParams } from "./_components/read-version";

type Props = {
  params: VersionParams;
  searchParams: Promise<{ done?: string | string[]; told?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const {
    read: { document, version },
  } = await readVersionAt(params);
  const [t, locale] = await Promise.all([getTranslations("policies.ops"), getLocale()]);
  return { title: t("named", { title: document.titles[locale], label: version.label }) };
}

/** A version at its author's desk; once approved, what became of it. */
export default async function OpsVersionPage({ params, searchParams }: Props) {
  const { ctx, read } = await readVersionAt(params);
  const { status, documentId, id } = read.version;
  const isOpen = status === "draft" || status === "in_review";
  const review = at("/ops/policies/*/*/review", documentId, id);
  if (status === "discarded") return redirectTo(review);
  if (!isOpen) return <PublishedVersionPage ctx={ctx} read={read} pages={await searchParams} />;

  if (!may(ctx.actor, "policy.draft")) return redirectTo(review);
  return <Composer ctx={ctx} read={read} />;
}
