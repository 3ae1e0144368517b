import { hasLocale } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { type NavGroup } from "@/components/layout/side-nav";
import { WorkingShell } from "@/components/layout/working-shell";
import { listOwnAccountNames } from "@/domain/access/find-accounts";
import { may } from "@/domain/access/permissions";
import { countUnread } from "@/domain/inbox/list";
import { findPopup } from "@/domain/inbox/popup";
import { type Address, at } from "@/lib/addresses";
import { routing } from "@/messages/routing";
import { redirectTo } from "@/server/redirect";
import { requireContext } from "@/server/session";

import { signOutAction } from "../sign-out/actions";
import { ChangeBanner, DeregistrationBanner } from "./_components/banners";
import { BroadcastPopup } from "./_components/broadcast-popup";
import { GuestShell } from "./_components/guest-shell";
import { countWaiting, readWaiting, type Waiting } from "./_reads/waiting";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/**
 * The developers' side. Whatever page they are on, a major change that waits for them shows as
 * banner, red dot and, once, as a popup (P39), and so does an incident they have to act on; none of
 * them stands in the way of reading.
 */
export default async function ConsoleLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const ctx = await requireContext("inbox.readOwn");
  const isMember = may(ctx.actor, "account.readOwn");
  if (!isMember && may(ctx.actor, "staff.home")) return redirectTo(await roomOfStaff());
  if (!isMember) return <GuestShell ctx={ctx}>{children}</GuestShell>;

  const [t, accounts, waiting, unread, popup] = await Promise.all([
    getTranslations(),
    listOwnAccountNames(ctx, {}),
    readWaiting(),
    countUnread(ctx, {}),
    findPopup(ctx, {}),
  ]);
  const [first] = accounts;

  return (
    <WorkingShell
      homeHref="/home"
      accounts={{
        currentName:
          accounts.length === 1 && first
            ? first.name
            : t("home.console.accounts", { count: accounts.length }),
      }}
      person={{
        name: ctx.actor.name,
        note: ctx.actor.email,
        links: [
          { href: "/settings", label: t("access.settings.title") },
          ...(may(ctx.actor, "staff.home")
            ? [{ href: at("/ops"), label: t("home.console.nav.ops") }]
            : []),
        ],
        signOut: signOutAction,
      }}
      inbox={{ href: "/inbox", unread }}
      groups={roomsOf(t, waiting, unread)}
      banner={bannersOf(waiting, ctx.now)}
    >
      {children}
      {popup && <BroadcastPopup popup={popup} />}
    </WorkingShell>
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

type Words = Awaited<ReturnType<typeof getTranslations<never>>>;

/** The rooms of a member, each with the number of things in it that wait: together the overview's. */
function roomsOf(t: Words, waiting: Waiting, unread: number): NavGroup[] {
  const { pending, advice, requests, contacts, toConfirm } = waiting;
  return [
    {
      items: [
        { href: "/home", label: t("home.console.title"), count: countWaiting(waiting) },
        { href: "/acknowledgements", label: t("acknowledgements.title"), count: pending.count },
        { href: "/inbox", label: t("inbox.title"), unread },
        { href: "/requests", label: t("requests.filing.title"), count: requests.count },
      ],
    },
    {
      title: t("home.console.nav.notices"),
      items: [
        { href: "/policies", label: t("policies.library.title") },
        { href: "/incidents", label: t("incidents.title"), count: advice.length },
        { href: "/announcements", label: t("announcements.title") },
      ],
    },
    {
      title: t("home.console.nav.accountTitle"),
      items: [
        { href: "/account", label: t("accounts.own.title"), exact: true, count: toConfirm.length },
        { href: "/account/contacts", label: t("contacts.title"), count: contacts.length },
      ],
    },
  ];
}

/** Above every page: the account that is going first, then the change that waits. */
function bannersOf({ pending, deregistrations }: Waiting, now: Date): React.ReactNode {
  if (pending.count + deregistrations.length === 0) return null;
  return (
    <>
      <DeregistrationBanner deregistrations={deregistrations} now={now} />
      <ChangeBanner pending={pending.rows} />
    </>
  );
}
