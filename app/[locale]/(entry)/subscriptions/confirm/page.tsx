import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { ReadingHead } from "@/components/layout/reading-page";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Invalid, NotFound } from "@/domain/errors";
import { findSubscriptionAsk } from "@/domain/subscriptions/confirm";
import { at } from "@/lib/addresses";
import { visitorContext } from "@/server/session";
import { chosenLines } from "@/wording/subscription";

import { confirmSubscriptionAction } from "../actions";

type Props = { searchParams: Promise<{ request?: string; token?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("subscriptions");
  return { title: t("confirm.title") };
}

/** Where the mail's link leads. Opening it changes nothing: mail scanners open links. */
export default async function ConfirmSubscriptionPage({ searchParams }: Props) {
  const { request = "", token = "" } = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("subscriptions"), getLocale()]);
  const asked = await find({ requestId: request, token });
  if (!asked) return <Over what="wrong" />;
  if (asked.state !== "open") return <Over what={asked.state} subscription={asked.key} />;
  return (
    <>
      <ReadingHead
        title={t("confirm.title")}
        lead={t("confirm.lead", { email: asked.maskedEmail })}
      />
      <dl className="grid gap-3">
        {chosenLines(asked.chosen, locale).map(({ term, value }) => (
          <div key={term}>
            <dt className="text-small text-ink-muted">{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-8">
        <ActionForm action={confirmSubscriptionAction}>
          <input type="hidden" name="request" value={request} />
          <input type="hidden" name="token" value={token} />
          <SubmitButton>{t("confirm.submit")}</SubmitButton>
        </ActionForm>
      </div>
      <p className="text-ui text-ink-muted mt-8">{t("confirm.refuse")}</p>
    </>
  );
}

type OverProps = { what: "used" | "expired" | "wrong"; subscription?: string | null };

/** A link that asks nothing any more, and where to go from here. */
async function Over({ what, subscription }: OverProps) {
  const t = await getTranslations("subscriptions");
  return (
    <>
      <ReadingHead title={t(`confirm.${what}.title`)} lead={t(`confirm.${what}.text`)} />
      <Buttons>
        {subscription && (
          <ButtonLink href={at("/subscriptions/manage", { key: subscription })}>
            {t("manage.open")}
          </ButtonLink>
        )}
        <ButtonLink href="/subscriptions">{t("again")}</ButtonLink>
      </Buttons>
    </>
  );
}

/** What a link asks; null for a link that is none. */
async function find(link: { requestId: string; token: string }) {
  try {
    return await findSubscriptionAsk(await visitorContext(), link);
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) return null;
    throw error;
  }
}
