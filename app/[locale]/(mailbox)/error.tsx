"use client";

import { useTranslations } from "next-intl";

import { StandInPage } from "@/components/layout/stand-in-page";

/** The stand-in does not answer: what that means and how to mend it. */
export default function MailboxError() {
  const t = useTranslations("mailbox.errors");
  return <StandInPage room="reading" title={t("unreachable")} text={t("unreachableText")} />;
}
