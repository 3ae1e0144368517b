import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { BilingualField } from "@/components/form/bilingual-field";
import { SubmitButton } from "@/components/form/submit-button";
import { PageHead } from "@/components/ui/page-head";
import { STOP_PLACES } from "@/db/vocabulary/accounts";
import { findDocument } from "@/domain/policies/list-documents";
import { readStopGuide } from "@/domain/policies/stop-guide";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { saveStopGuideAction } from "../actions";

type Props = { params: Promise<{ documentId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("policies.ops.stop");
  return { title: t("title") };
}

/** The vendor writes down, per platform, how developers stop the product from collecting (P30). */
export default async function StopGuidePage({ params }: Props) {
  const ctx = await requireContext("policy.draft");
  const { documentId } = await params;
  const document = await orNotFound(findDocument(ctx, { documentId }));
  const [t, words, platform, stop, locale, ways] = await Promise.all([
    getTranslations("policies.ops.stop"),
    getTranslations("policies.ops.documents"),
    getTranslations("accounts.platform"),
    getTranslations("acknowledgements.stop"),
    getLocale(),
    readStopGuide(ctx, document),
  ]);
  return (
    <>
      <PageHead
        title={t("heading", { product: document.product[locale] })}
        crumbs={[
          { label: words("title"), href: "/ops/policies" },
          { label: document.titles[locale], href: at("/ops/policies/*", document.id) },
          { label: t("title") },
        ]}
      />
      <p className="max-w-measure mb-6">{t("lead")}</p>
      <ActionForm action={saveStopGuideAction} guard className="max-w-pair">
        <input type="hidden" name="documentId" value={document.id} />
        {STOP_PLACES.map((place) => (
          <BilingualField
            key={place}
            name={`ways.${place}`}
            label={place === "api" ? stop("api") : platform(place)}
            values={ways.find((one) => one.place === place)?.text ?? {}}
            maxLength={500}
            rows={2}
          />
        ))}
        <div className="mt-6">
          <SubmitButton>{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </>
  );
}
