import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { CheckboxField, RadiosField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ReadingHead } from "@/components/layout/reading-page";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { MAIL_PACES, OPTIONAL_MAILS } from "@/db/vocabulary/broadcasts";
import { findMailChoices } from "@/domain/access/mail-choices";
import { Invalid, NotFound } from "@/domain/errors";
import { visitorContext } from "@/server/session";

import { chooseMailsAction } from "../actions";

type Props = { searchParams: Promise<{ key?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("subscriptions");
  return { title: t("emails.title") };
}

/**
 * What the links of the mails open that may be turned off: the same choice as in the settings, without
 * signing in. Looking changes nothing: mail scanners open links (RFC 8058).
 */
export default async function OptionalEmailsPage({ searchParams }: Props) {
  const { key = "" } = await searchParams;
  const [t, words, held] = await Promise.all([
    getTranslations("subscriptions"),
    getTranslations("access.settings"),
    find(key),
  ]);
  if (!held)
    return (
      <>
        <ReadingHead title={t("emails.none.title")} lead={t("emails.none.text")} />
        <Buttons>
          <ButtonLink href="/settings">{t("emails.settings")}</ButtonLink>
        </Buttons>
      </>
    );
  return (
    <>
      <ReadingHead title={t("emails.title")} lead={t("emails.lead", { email: held.maskedEmail })} />
      <ActionForm action={chooseMailsAction} doneMessage={t("emails.saved")}>
        <input type="hidden" name="key" value={key} />
        {OPTIONAL_MAILS.map((mail) => (
          <RadiosField
            key={mail}
            name={`mails.${mail}`}
            label={words(`mailed.${mail}`)}
            defaultValue={held.mails[mail]}
            options={MAIL_PACES.map((pace) => ({ value: pace, label: words(`pace.${pace}`) }))}
          />
        ))}
        <p className="text-small text-ink-muted mt-4">{words("digest")}</p>
        <CheckboxField
          name="wantsCheckpoints"
          label={t("emails.checkpoints")}
          defaultChecked={held.wantsCheckpoints}
        />
        <div className="mt-6">
          <SubmitButton>{t("manage.save")}</SubmitButton>
        </div>
      </ActionForm>
      <div className="mt-10">
        <Section title={t("emails.fixed.title")}>
          <p>{t("emails.fixed.text")}</p>
        </Section>
      </div>
    </>
  );
}

/** What a key opens; null for one that opens nothing. */
async function find(key: string) {
  try {
    return await findMailChoices(await visitorContext(), { key });
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) return null;
    throw error;
  }
}
