import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";
import { filingAccounts } from "@/domain/requests/capacity";
import { requireContext } from "@/server/session";

import { WhoFields } from "../_components/who-fields";
import { WizardPage } from "../_components/wizard-page";
import { startAction } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("filing");
  return { title: t("titles.who") };
}

/** The first page; sending it begins a draft. */
export default async function NewRequestPage() {
  const ctx = await requireContext("request.file");
  const [t, locale] = await Promise.all([getTranslations("filing"), getLocale()]);
  const lead = (
    <>
      {t("leads.who")} <Link href="/rights">{t("who.rights")}</Link>
    </>
  );
  return (
    <WizardPage title={t("titles.who")} lead={lead}>
      <ActionForm action={startAction}>
        <input type="hidden" name="locale" value={locale} />
        <WhoFields isDeveloper={filingAccounts(ctx.actor).length > 0} />
        <div className="mt-6">
          <SubmitButton size="lg">{t("next")}</SubmitButton>
        </div>
      </ActionForm>
    </WizardPage>
  );
}
