import { getTranslations } from "next-intl/server";

import { WorkingShell } from "@/components/layout/working-shell";
import type { Context, Person } from "@/domain/context";
import { countUnread } from "@/domain/inbox/list";
import { readPulse } from "@/domain/inbox/pulse";
import { listWaitingRequests } from "@/domain/requests/read-own";

import { ContactFoot } from "./contact-foot";

type Props = { ctx: Context & { actor: Person }; children: React.ReactNode };

/** The console of a person without any account: their requests, their messages, and what all may read. */
export async function GuestShell({ ctx, children }: Props) {
  const [t, unread, pulse, requests] = await Promise.all([
    getTranslations(),
    countUnread(ctx, {}),
    readPulse(ctx, {}),
    listWaitingRequests(ctx, {}),
  ]);
  return (
    <WorkingShell
      pulse={pulse}
      homeHref="/requests"
      accounts={{ currentName: t("home.console.guest") }}
      person={{
        name: ctx.actor.name,
        note: ctx.actor.email,
        links: [{ href: "/settings", label: t("access.settings.title") }],
      }}
      inbox={{ href: "/inbox", unread }}
      foot={<ContactFoot />}
      groups={[
        {
          items: [
            { href: "/requests", label: t("requests.filing.title"), count: requests.count },
            { href: "/inbox", label: t("inbox.title"), unread },
          ],
        },
        {
          title: t("home.console.nav.notices"),
          items: [
            { href: "/policies", label: t("policies.library.title") },
            { href: "/incidents", label: t("incidents.title") },
            { href: "/announcements", label: t("announcements.title") },
          ],
        },
      ]}
    >
      <div data-room="guests">{children}</div>
    </WorkingShell>
  );
}
