import { getTranslations } from "next-intl/server";

import { ButtonLink } from "@/components/ui/button";
import { findContactConfirmation } from "@/domain/accounts/find-confirmation";
import { Invalid, NotFound } from "@/domain/errors";
import { currentContext } from "@/server/session";

import { Asked } from "./_components/asked";
import { Expired } from "./_components/expired";
import { Plain } from "./_components/plain";
import { Used } from "./_components/used";

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
      <Plain title={t("confirm.wrong.title")} text={t("confirm.wrong.text")}>
        <ButtonLink href="/">{t("confirm.home")}</ButtonLink>
      </Plain>
    );

  const link = { mail, token };
  switch (asked.state) {
    case "open":
      return <Asked asked={asked} link={link} />;
    case "used":
      return <Used asked={asked} />;
    case "expired":
      return <Expired asked={asked} link={link} />;
    case "removed":
      return (
        <Plain
          title={t("confirm.removed.title")}
          text={t("confirm.removed.text", { account: asked.accountName, uin: asked.uin })}
        >
          <ButtonLink href="/">{t("confirm.home")}</ButtonLink>
        </Plain>
      );
  }
}

/** The contact a link stands for; null for a link that is none. */
async function find(link: { confirmationId: string; token: string }) {
  try {
    return await findContactConfirmation(await currentContext(), link);
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) return null;
    throw error;
  }
}
