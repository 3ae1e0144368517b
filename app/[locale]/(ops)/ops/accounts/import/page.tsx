import { getTranslations } from "next-intl/server";

import { ImportForm } from "@/components/accounts/import-form";
import { ImportSamples } from "@/components/accounts/import-samples";
import { PageHead } from "@/components/ui/page-head";
import { Drawn } from "@/server/drawn";
import { requireContext } from "@/server/session";

import { importAction } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("accounts.import");
  return { title: t("title") };
}

export default async function ImportPage() {
  await requireContext("account.manage");
  const [t, accounts] = await Promise.all([
    getTranslations("accounts.import"),
    getTranslations("accounts"),
  ]);
  return (
    <>
      <PageHead
        title={t("title")}
        note={<p className="max-w-measure">{t("lead")}</p>}
        crumbs={[{ label: accounts("title"), href: "/ops/accounts" }, { label: t("title") }]}
      />
      <ImportForm
        action={importAction}
        words={{
          label: t("file"),
          hint: t("fileHint"),
          preview: t("preview"),
          previewing: t("previewing"),
        }}
      >
        <Drawn />
      </ImportForm>
      <ImportSamples />
    </>
  );
}
