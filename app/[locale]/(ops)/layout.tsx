import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { routing } from "@/messages/routing";
import { requireContext } from "@/server/session";

import { OpsFrame } from "../_components/ops-frame";
import { WorkingWords } from "../_components/working-words";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

export default async function OpsLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const ctx = await requireContext("staff.home");
  return (
    <WorkingWords>
      <OpsFrame ctx={ctx}>{children}</OpsFrame>
    </WorkingWords>
  );
}
