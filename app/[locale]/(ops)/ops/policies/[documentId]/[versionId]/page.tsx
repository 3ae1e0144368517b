import { getLocale, getTranslations } from "next-intl/server";

import { DraftStatePage } from "@/app/[locale]/(ops)/ops/_reviews/draft-state";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";
import { hashedContent } from "@/domain/policies/content";
import { type OpsVersion } from "@/domain/policies/find-version";
import { readVersionState } from "@/domain/policies/kept-wordings";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { redirectTo } from "@/server/redirect";

import { Composer } from "./_components/composer";
import { PublishedVersionPage } from "./_components/published-version";
import { readVersionAt, type VersionParams } from "./_components/read-version";
import { VersionHead } from "./_components/version-head";
import { restore } from "./actions";
import { comparableVersion } from "./review/_components/since-return";

type Props = {
  params: VersionParams;
  searchParams: Promise<{ done?: string | string[]; told?: string; state?: string }>;
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
  if (status === "discarded" || (isOpen && read.version.provenance)) return redirectTo(review);
  if (!isOpen) return <PublishedVersionPage ctx={ctx} read={read} pages={await searchParams} />;

  if (!may(ctx.actor, "policy.draft")) return redirectTo(review);
  const { state } = await searchParams;
  if (state) return <VersionState ctx={ctx} read={read} stateId={state} />;
  return <Composer ctx={ctx} read={read} />;
}

type StateProps = { ctx: Context; read: OpsVersion; stateId: string };

/** A version's draft as it once was. */
async function VersionState({ ctx, read, stateId }: StateProps) {
  const { version, document, texts, manifests } = read;
  const asked = readVersionState(ctx, { versionId: version.id, stateId });
  const { content, ...state } = await orNotFound(asked);
  const draft = hashedContent({ ...version, texts, manifests });
  return (
    <>
      <VersionHead {...read} />
      <DraftStatePage
        state={state}
        draft={draft}
        compare={await comparableVersion(hashedContent({ ...draft, ...content, manifests }))}
        hidden={{ versionId: version.id, revision: version.revision, documentId: document.id }}
        restore={restore}
        here={at("/ops/policies/*/*", document.id, version.id)}
      />
    </>
  );
}
