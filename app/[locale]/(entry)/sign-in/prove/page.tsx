import { getLocale, getTranslations } from "next-intl/server";

import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";
import { at, withLanguage } from "@/lib/addresses";
import { safeReturnPath } from "@/lib/return-path";

import { Destination } from "../_components/destination";
import { EmailField } from "../_components/email-field";
import { requestProofMail } from "../actions";

type Props = { searchParams: Promise<{ return?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("access.prove");
  return { title: t("title") };
}

/** The end user's door: no account is needed, only an address that they can read. */
export default async function ProveAddressPage({ searchParams }: Props) {
  const query = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("access.prove"), getLocale()]);
  const returnPath = safeReturnPath(query.return, withLanguage(locale, "/requests/new"));
  return (
    <>
      <ReadingHead title={t("title")} lead={t("lead")} />
      <Destination path={returnPath} />
      <ActionForm action={requestProofMail}>
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="return" value={returnPath} />
        <EmailField label={t("email")} hint={t("emailHint")} autoComplete="email" />
        <div className="mt-6">
          <SubmitButton>{t("send")}</SubmitButton>
        </div>
      </ActionForm>
      <p className="text-ui text-ink-muted mt-6">
        {t("developer")} <Link href={at("/sign-in", { return: returnPath })}>{t("signIn")}</Link>
      </p>
    </>
  );
}
