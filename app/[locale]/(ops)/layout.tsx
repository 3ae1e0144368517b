import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { SessionGate } from "@/components/layout/session-gate";
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
      <SessionGate>
        <OpsFrame ctx={ctx}>{children}</OpsFrame>
      </SessionGate>
    </WorkingWords>
  );
}
