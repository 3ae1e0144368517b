import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { routing } from "@/messages/routing";
import { requireContext } from "@/server/session";

import { OpsFrame } from "../_components/ops-frame";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

export default async function OpsLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return <OpsFrame ctx={await requireContext("staff.home")}>{children}</OpsFrame>;
}
