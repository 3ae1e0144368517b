import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { SessionGate } from "@/components/layout/session-gate";
import { may } from "@/domain/access/permissions";
import { type Address, at } from "@/lib/addresses";
import { routing } from "@/messages/routing";
import { redirectTo } from "@/server/redirect";
import { requireContext } from "@/server/session";

import { ConsoleFrame } from "../_components/console-frame";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The developers' side. */
export default async function ConsoleLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const ctx = await requireContext("inbox.readOwn");
  const isStaffAlone = !may(ctx.actor, "account.readOwn") && may(ctx.actor, "staff.home");
  if (isStaffAlone) return redirectTo(await roomOfStaff());
  return (
    <SessionGate>
      <ConsoleFrame ctx={ctx}>{children}</ConsoleFrame>
    </SessionGate>
  );
}

/** The inbox and the settings of staff stand in the shell of operations; the rest is developers' alone. */
async function roomOfStaff(): Promise<Address> {
  const path = (await headers()).get("x-gaozhi-path") ?? "";
  const [, room, id, query] =
    /^\/[^/]+\/(inbox|settings)(?:\/([^/?]+))?(?:\?(.*))?$/.exec(path) ?? [];
  const search = Object.fromEntries(new URLSearchParams(query));
  if (room === "inbox" && id) return at("/ops/inbox/*", id, search);
  if (room === "inbox") return at("/ops/inbox", search);
  return at(room === "settings" ? "/ops/settings" : "/ops", search);
}
