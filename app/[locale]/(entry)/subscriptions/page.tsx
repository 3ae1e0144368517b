import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { ReadingHead } from "@/components/layout/reading-page";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { listSubscribable } from "@/domain/subscriptions/choice";
import { visitorContext } from "@/server/session";

import { EmailField } from "../sign-in/_components/email-field";
import { ChoiceFields } from "./_components/choice-fields";
import { askSubscriptionAction } from "./actions";

type Props = {
  searchParams: Promise<{
    done?: string;
    product?: string;
    document?: string;
    announcements?: string;
  }>;
};

export async function generateMetadata() {
  const t = await getTranslations("subscriptions");
  return { title: t("title") };
}

/** Subscribing by mail, for anybody (P53): what, and where to; the mail asks whether that is so. */
export default async function SubscriptionsPage({ searchParams }: Props) {
  const { done, product = "", document = "", announcements } = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("subscriptions"), getLocale()]);
  if (done === "asked" || done === "ended") return <Done what={done} />;
  const all = await listSubscribable(await visitorContext(), {});
  if (all.products.length + all.documents.length === 0)
    return <EmptyState title={t("nothing.title")}>{t("nothing.text")}</EmptyState>;
  const chosen = {
    productIds: [product],
    announcements: announcements === "yes",
    documentIds: [document],
  };
  return (
    <>
      <ReadingHead title={t("title")} lead={t("lead")} />
      <ActionForm action={askSubscriptionAction}>
        <input type="hidden" name="locale" value={locale} />
        <ChoiceFields all={all} chosen={chosen} />
        <EmailField label={t("email")} hint={t("emailHint")} autoComplete="email" />
        <div className="mt-6">
          <SubmitButton>{t("ask")}</SubmitButton>
        </div>
      </ActionForm>
      <p className="text-ui text-ink-muted mt-6">{t("kept")}</p>
    </>
  );
}

/** What became of it; who is subscribed is not told. */
async function Done({ what }: { what: "asked" | "ended" }) {
  const t = await getTranslations("subscriptions");
  return (
    <>
      <ReadingHead title={t(`done.${what}.title`)} lead={t(`done.${what}.text`)} />
      <Buttons>
        <ButtonLink href="/">{t("home")}</ButtonLink>
        <ButtonLink href="/subscriptions">{t("again")}</ButtonLink>
      </Buttons>
    </>
  );
}
