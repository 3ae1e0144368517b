import { getTranslations } from "next-intl/server";

import { MailPreview } from "@/app/[locale]/(ops)/ops/_components/mail-preview";
import { Panes } from "@/app/[locale]/(ops)/ops/_components/panes";
import { Scrolled } from "@/app/[locale]/(ops)/ops/_reviews/frame";
import { Blocks } from "@/components/policies/policy-text";
import { LOCALES } from "@/db/vocabulary/languages";
import { type Context } from "@/domain/context";
import { type OpsVersion } from "@/domain/policies/find-version";
import { type PolicyBlock } from "@/text/blocks";
import { readText } from "@/text/offload";
import { previewChange } from "@/domain/policies/preview-change";

type Props = Pick<OpsVersion, "version" | "document" | "texts" | "isTold"> & {
  ctx: Context;
  height: string;
};

/** The mail in each language and the text in each that has one. */
export async function Preview({ ctx, version, document, texts, isTold, height }: Props) {
  const [t, r, language] = await Promise.all([
    getTranslations("policies.ops.preview"),
    getTranslations("reviews.preview"),
    getTranslations("policies.language"),
  ]);
  const told = isTold ? await previewChange(ctx, { versionId: version.id }) : null;
  const written = LOCALES.filter((locale) => texts[locale] !== undefined);
  const read = await Promise.all(written.map((locale) => readText(texts[locale] ?? "")));
  const mails = told
    ? LOCALES.map((locale) => ({
        key: `mail-${locale}`,
        label: r("mail", { language: language(locale) }),
        content: <MailPreview told={told} locale={locale} height={height} />,
      }))
    : [];
  const pages = written.map((locale, index) => ({
    key: `text-${locale}`,
    label: t("text", { language: language(locale) }),
    content: (
      <Scrolled label={document.titles[locale]} height={height} lang={locale}>
        <div className="legal-text">
          <Blocks blocks={prefixAnchors(read[index] ?? [], `${locale}-`)} />
        </div>
      </Scrolled>
    ),
  }));

  if (mails.length + pages.length === 0) return <p className="text-ink-muted">{t("nothing")}</p>;
  return (
    <>
      <Panes label={r("label")} panes={[...mails, ...pages]} />
      {isTold && !told && <p className="text-small text-ink-muted mt-3">{t("noMailYet")}</p>}
    </>
  );
}

/** A text as it is being typed, beside the field. */
export function TypedText({ blocks }: { blocks: readonly PolicyBlock[] }) {
  return (
    <div className="legal-text">
      <Blocks blocks={prefixAnchors(blocks, "typed-")} />
    </div>
  );
}

/** The same blocks with anchors of their own, for a page that shows more than one text. */
function prefixAnchors(blocks: readonly PolicyBlock[], prefix: string): PolicyBlock[] {
  return blocks.map((block) => {
    const anchor = `${prefix}${block.anchor}`;
    if (block.kind === "list") {
      const items = block.items.map((item) => ({
        ...item,
        anchor: `${prefix}${item.anchor}`,
        blocks: prefixAnchors(item.blocks, prefix),
      }));
      return { ...block, anchor, items };
    }
    if (block.kind === "quote")
      return { ...block, anchor, blocks: prefixAnchors(block.blocks, prefix) };
    return { ...block, anchor };
  });
}
