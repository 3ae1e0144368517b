import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";
import { connection } from "next/server";

import { env } from "@/lib/env";
import { routing } from "@/messages/routing";

import { PublicFrame } from "../_components/public-frame";
import { WorkingWords } from "../_components/working-words";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The demo's mailbox; without the mail provider's stand-in, and always in production, there is none. */
export default async function MailboxLayout({ children, params }: Props) {
  await connection();
  const { locale } = await params;
  const { MAILBOX_URL, GAOZHI_MODE } = env();
  if (!hasLocale(routing.locales, locale) || !MAILBOX_URL || GAOZHI_MODE === "production")
    notFound();
  setRequestLocale(locale);
  return (
    <WorkingWords>
      <PublicFrame>{children}</PublicFrame>
    </WorkingWords>
  );
}
