import { getTranslations } from "next-intl/server";

import {
  ChangeBanner,
  DeregistrationBanner,
  IncidentBanner,
} from "@/app/[locale]/(console)/_components/banners";
import { BroadcastPopup } from "@/app/[locale]/(console)/_components/broadcast-popup";
import { ContactFoot } from "@/app/[locale]/(console)/_components/contact-foot";
import { GuestShell } from "@/app/[locale]/(console)/_components/guest-shell";
import { countWaiting, readWaiting, type Waiting } from "@/app/[locale]/(console)/_reads/waiting";
import { type NavGroup } from "@/components/layout/side-nav";
import { WorkingShell } from "@/components/layout/working-shell";
import { listOwnAccountNames } from "@/domain/access/find-accounts";
import { may } from "@/domain/access/permissions";
import type { Context, Person } from "@/domain/context";
import { countUnread } from "@/domain/inbox/list";
import { readPulse } from "@/domain/inbox/pulse";
import { findPopup } from "@/domain/inbox/popup";
import { at } from "@/lib/addresses";
import { noteBannersSeen } from "@/server/session";

type Props = { ctx: Context & { actor: Person }; children: React.ReactNode };

/**
 * The developers' side, on whatever page they are: a major change that waits for them shows as
 * banner, red dot and, once, as a popup (P39), and so does an incident they have to act on (P18); none
 * of them stands in the way of reading. That an incident's banner was shown is noted the first time.
 */
export async function ConsoleFrame({ ctx, children }: Props) {
  if (!may(ctx.actor, "account.readOwn")) return <GuestShell ctx={ctx}>{children}</GuestShell>;
  const [t, accounts, waiting, unread, pulse, popup] = await Promise.all([
    getTranslations(),
    listOwnAccountNames(ctx, {}),
    readWaiting(),
    countUnread(ctx, {}),
    readPulse(ctx, {}),
    findPopup(ctx, {}),
  ]);
  const [first] = accounts;
  noteBannersSeen(ctx, waiting.banners);

  return (
    <WorkingShell
      pulse={pulse}
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
      }}
      inbox={{ href: "/inbox", unread }}
      groups={roomsOf(t, waiting, unread)}
      banner={bannersOf(waiting, ctx.now)}
      foot={<ContactFoot />}
    >
      {children}
      {popup && <BroadcastPopup popup={popup} />}
    </WorkingShell>
  );
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

/** Above every page: the account that is going first, then what endangers it, then the change that waits. */
function bannersOf(waiting: Waiting, now: Date): React.ReactNode {
  const { pending, deregistrations, banners } = waiting;
  if (pending.count + deregistrations.length + banners.length === 0) return null;
  return (
    <>
      <DeregistrationBanner deregistrations={deregistrations} now={now} />
      <IncidentBanner advice={banners} />
      <ChangeBanner pending={pending.rows} />
    </>
  );
}
