import { getTranslations } from "next-intl/server";

import { Blocks } from "@/components/policies/policy-text";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { type Context } from "@/domain/context";
import { type OpsVersion } from "@/domain/policies/find-version";
import { parsePolicyText } from "@/text/parse-text";
import { previewChange } from "@/domain/policies/preview-change";

import { prefixAnchors } from "./prefix-anchors";
import { MailPreview } from "@/app/[locale]/(ops)/ops/_components/mail-preview";
import { PreviewPanes } from "@/app/[locale]/(ops)/ops/_components/preview-panes";

type Props = Pick<OpsVersion, "version" | "document" | "texts" | "isTold"> & {
  ctx: Context;
  height: string;
};

/** The mail in each language and the text in each that has one. */
export async function Preview({ ctx, version, document, texts, isTold, height }: Props) {
  const [t, language] = await Promise.all([
    getTranslations("policies.ops.preview"),
    getTranslations("policies.language"),
  ]);
  const told = isTold ? await previewChange(ctx, { versionId: version.id }) : null;
  const written = LOCALES.filter((locale) => texts[locale] !== undefined);
  const mails = told
    ? LOCALES.map((locale) => ({
        key: `mail-${locale}`,
        label: t("mail", { language: language(locale) }),
        content: <MailPreview told={told} locale={locale} height={height} />,
      }))
    : [];
  const pages = written.map((locale) => ({
    key: `text-${locale}`,
    label: t("text", { language: language(locale) }),
    content: (
      <TextPreview
        locale={locale}
        text={texts[locale] ?? ""}
        label={document.titles[locale]}
        height={height}
      />
    ),
  }));

  if (mails.length + pages.length === 0) return <p className="text-ink-muted">{t("nothing")}</p>;
  return (
    <>
      <PreviewPanes label={t("label")} panes={[...mails, ...pages]} />
      {isTold && !told && <p className="text-small text-ink-muted mt-3">{t("noMailYet")}</p>}
    </>
  );
}

type TextProps = { locale: Locale; text: string; label: string; height: string };

/** Scrolls by itself, so that a long text does not push the rest away. */
function TextPreview({ locale, text, label, height }: TextProps) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      lang={locale}
      className={`border-line bg-raised relative overflow-auto rounded-md border p-5 ${height}`}
    >
      <div className="legal-text">
        <Blocks blocks={prefixAnchors(parsePolicyText(text), `${locale}-`)} />
      </div>
    </div>
  );
}
