import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ButtonLink, Buttons } from "@/components/ui/button";
import {
  type ContactConfirmation,
  findContactConfirmation,
} from "@/domain/accounts/find-confirmation";
import { Invalid, NotFound } from "@/domain/errors";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { visitorContext } from "@/server/session";

import { ConfirmForm } from "./_components/confirm-form";
import { NewLinkForm } from "./_components/new-link-form";
import { Outcome } from "./_components/outcome";

type Props = { searchParams: Promise<{ mail?: string; token?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("contacts.confirm");
  return { title: t("title") };
}

/** Where the link of a confirmation mail leads. Opening it changes nothing: mail scanners open links. */
export default async function ConfirmContactPage({ searchParams }: Props) {
  const { mail = "", token = "" } = await searchParams;
  const t = await getTranslations("contacts");
  const asked = await find({ confirmationId: mail, token });
  if (!asked)
    return (
      <Outcome title={t("confirm.wrong.title")} text={t("confirm.wrong.text")}>
        <ButtonLink href="/">{t("confirm.home")}</ButtonLink>
      </Outcome>
    );

  const link = { mail, token };
  switch (asked.state) {
    case "open":
      return <ConfirmForm asked={asked} link={link} />;
    case "used":
      return <Confirmation asked={asked} />;
    case "expired":
      return <NewLinkForm asked={asked} link={link} />;
    case "removed":
      return (
        <Outcome
          title={t("confirm.removed.title")}
          text={t("confirm.removed.text", { account: asked.accountName, uin: asked.uin })}
        >
          <ButtonLink href="/">{t("confirm.home")}</ButtonLink>
        </Outcome>
      );
  }
}

/** Confirmed: just now, or by an earlier mail. */
function Confirmation({ asked }: { asked: ContactConfirmation }) {
  const t = useTranslations("contacts");
  const locale = useLocale();
  const { kind, accountName, uin, maskedEmail, verifiedAt } = asked;
  return (
    <Outcome
      title={t("confirm.used.title")}
      text={t("confirm.used.text", {
        ...{ email: maskedEmail, account: accountName, uin, kind: t(`kindInText.${kind}`) },
        date: verifiedAt ? formatDate(verifiedAt, locale) : "",
      })}
      more={t("confirm.used.after")}
    >
      <Buttons>
        <ButtonLink
          variant="primary"
          href={at("/sign-in", { return: withLanguage(locale, "/inbox") })}
        >
          {t("confirm.used.signIn")}
        </ButtonLink>
        <ButtonLink href="/">{t("confirm.home")}</ButtonLink>
      </Buttons>
    </Outcome>
  );
}

/** The contact a link stands for; null for a link that is none. */
async function find(link: { confirmationId: string; token: string }) {
  try {
    return await findContactConfirmation(await visitorContext(), link);
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) return null;
    throw error;
  }
}
