import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { ReadingHead } from "@/components/layout/reading-page";
import { Banner } from "@/components/ui/banner";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Invalid, NotFound } from "@/domain/errors";
import { listSubscribable } from "@/domain/subscriptions/choice";
import { findSubscription } from "@/domain/subscriptions/keep";
import { visitorContext } from "@/server/session";

import { ChoiceFields } from "../_components/choice-fields";
import { changeSubscriptionAction, endSubscriptionAction } from "../actions";

type Props = { searchParams: Promise<{ key?: string; done?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("subscriptions");
  return { title: t("manage.title") };
}

/** What the links of a subscription's mails open: what is told, and the end of it. No sign-in, no account. */
export default async function ManageSubscriptionPage({ searchParams }: Props) {
  const { key = "", done } = await searchParams;
  const t = await getTranslations("subscriptions");
  const held = await find(key);
  if (!held)
    return (
      <>
        <ReadingHead title={t("manage.none.title")} lead={t("manage.none.text")} />
        <Buttons>
          <ButtonLink href="/">{t("home")}</ButtonLink>
          <ButtonLink href="/subscriptions">{t("again")}</ButtonLink>
        </Buttons>
      </>
    );
  const all = await listSubscribable(await visitorContext(), {});
  return (
    <>
      <ReadingHead title={t("manage.title")} lead={t("manage.lead", { email: held.maskedEmail })} />
      {done === "confirmed" && (
        <div className="mb-6" role="status">
          <Banner tone="ok" title={t("done.confirmed.title")}>
            {t("done.confirmed.text")}
          </Banner>
        </div>
      )}
      <ActionForm action={changeSubscriptionAction} doneMessage={t("manage.saved")}>
        <input type="hidden" name="key" value={key} />
        <ChoiceFields all={all} chosen={held} />
        <div className="mt-6">
          <SubmitButton>{t("manage.save")}</SubmitButton>
        </div>
      </ActionForm>
      <div className="mt-10">
        <Section title={t("manage.end.title")}>
          <p className="mb-4">{t("manage.end.text")}</p>
          <ActionForm action={endSubscriptionAction}>
            <input type="hidden" name="key" value={key} />
            <SubmitButton variant="danger">{t("manage.end.submit")}</SubmitButton>
          </ActionForm>
        </Section>
      </div>
    </>
  );
}

/** What a key opens; null for one that opens nothing any more. */
async function find(key: string) {
  try {
    return await findSubscription(await visitorContext(), { key });
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) return null;
    throw error;
  }
}
