import { getLocale, getTranslations } from "next-intl/server";

import {
  ReaderPreview,
  type ReaderSearch,
  wordOf,
} from "@/app/[locale]/(ops)/ops/_reviews/reader-preview";
import { ChangeList } from "@/components/policies/change-list";
import { Blocks } from "@/components/policies/policy-text";
import { previewChange } from "@/domain/policies/preview-change";
import { listVersionReaders } from "@/domain/policies/preview-readers";
import { at } from "@/lib/addresses";
import { readText } from "@/text/offload";

import { readVersionAt, type VersionParams } from "../_components/read-version";
import { VersionHead } from "../_components/version-head";

type Props = { params: VersionParams; searchParams: Promise<ReaderSearch> };

export async function generateMetadata() {
  const t = await getTranslations("reviews.reader");
  return { title: t("title") };
}

/** A version as somebody of a chosen account would get it and read it. */
export default async function VersionPreviewPage({ params, searchParams }: Props) {
  const { ctx, read } = await readVersionAt(params);
  const [t, locale, search] = await Promise.all([
    getTranslations("reviews.reader"),
    getLocale(),
    searchParams,
  ]);
  const { version, document, texts } = read;
  const uin = wordOf(search.uin);
  const shown = texts[locale] === undefined ? document.bindingLocale : locale;
  const blocks = await readText(texts[shown] ?? "");
  return (
    <>
      <VersionHead {...read} part={t("part")} />
      <ReaderPreview
        told={await previewChange(ctx, { versionId: version.id })}
        readers={uin ? await listVersionReaders(ctx, { versionId: version.id, uin }) : []}
        search={search}
        here={at("/ops/policies/*/*/preview", document.id, version.id)}
        page={{
          title: t("page"),
          content: (
            <>
              <ChangeList changes={version.changes} locale={locale} />
              <div lang={shown} className="legal-text mt-4">
                <Blocks blocks={blocks} />
              </div>
            </>
          ),
        }}
      />
    </>
  );
}
