"use client";

import { useTranslations } from "next-intl";

import { EmptyState } from "@/components/ui/empty-state";

/** The stand-in does not answer: what that means and how to mend it. */
export default function MailboxError() {
  const t = useTranslations("mailbox.errors");
  return <EmptyState title={t("unreachable")}>{t("unreachableText")}</EmptyState>;
}
