import { getTranslations } from "next-intl/server";

import type { Locale } from "@/db/vocabulary/languages";
import { type Told } from "@/domain/broadcasts/facts";
import { previewMail } from "@/server/mail-preview";

type Props = {
  told: Told;
  locale: Locale;
  height: string;
  /** Whose mail it is; words stand for them where it is nobody's. */
  reader?: { name: string; accounts: string; apps: string } | undefined;
};

/** The mail as its readers get it. The frame runs no scripts and opens no links. */
export async function MailPreview({ told, locale, height, reader }: Props) {
  const t = await getTranslations("policies.ops.preview");
  const mail = await previewMail(told, locale, reader);
  return (
    <div className="border-line overflow-hidden rounded-md border">
      <p className="border-line bg-raised text-small text-ink-muted border-b px-4 py-2.5">
        {mail.from}
        <br />
        <span lang={locale} className="text-ink">
          {mail.subject}
        </span>
      </p>
      <iframe
        sandbox=""
        srcDoc={mail.html}
        title={t("mailTitle", { subject: mail.subject })}
        className={`block w-full border-0 bg-[#ffffff] ${height}`}
      />
    </div>
  );
}
