import { getTranslations } from "next-intl/server";

import { signOutAction } from "@/app/[locale]/sign-out/actions";
import { WorkingShell } from "@/components/layout/working-shell";
import type { Context, Person } from "@/domain/context";
import { countUnread } from "@/domain/inbox/list";
import { listWaitingRequests } from "@/domain/requests/read-own";

type Props = { ctx: Context & { actor: Person }; children: React.ReactNode };

/** The console of a person without any account: their requests, their messages, and what all may read. */
export async function GuestShell({ ctx, children }: Props) {
  const [t, unread, requests] = await Promise.all([
    getTranslations("home.console"),
    countUnread(ctx, {}),
    listWaitingRequests(ctx, {}),
  ]);
  return (
    <WorkingShell
      homeHref="/requests"
      accounts={{ currentName: t("guest") }}
      person={{
        name: ctx.actor.name,
        note: ctx.actor.email,
        links: [{ href: "/settings", label: t("nav.settings") }],
        signOut: signOutAction,
      }}
      inbox={{ href: "/inbox", unread }}
      groups={[
        {
          items: [
            { href: "/requests", label: t("nav.requests"), count: requests.count },
            { href: "/inbox", label: t("nav.inbox"), unread },
          ],
        },
        {
          title: t("nav.notices"),
          items: [
            { href: "/policies", label: t("nav.policies") },
            { href: "/incidents", label: t("nav.incidents") },
            { href: "/announcements", label: t("nav.announcements") },
          ],
        },
      ]}
    >
      {children}
    </WorkingShell>
  );
}
