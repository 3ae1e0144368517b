import { getTranslations } from "next-intl/server";

import { ButtonLink } from "@/components/ui/button";
import { findContactConfirmation } from "@/domain/accounts/find-confirmation";
import { Invalid, NotFound } from "@/domain/errors";
import { visitorContext } from "@/server/session";

import { ConfirmForm } from "./_components/confirm-form";
import { NewLinkForm } from "./_components/new-link-form";
import { Outcome } from "./_components/outcome";
import { Confirmation } from "./_components/confirmation";

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

/** The contact a link stands for; null for a link that is none. */
async function find(link: { confirmationId: string; token: string }) {
  try {
    return await findContactConfirmation(await visitorContext(), link);
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) return null;
    throw error;
  }
}
