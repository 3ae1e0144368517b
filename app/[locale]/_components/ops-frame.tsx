import { getLocale, getTranslations } from "next-intl/server";

import { navigationFor } from "@/app/[locale]/(ops)/_components/navigation";
import { WorkingShell } from "@/components/layout/working-shell";
import { may } from "@/domain/access/permissions";
import { countUnreached } from "@/domain/broadcasts/unreached";
import type { Context, Person } from "@/domain/context";
import { countUnread } from "@/domain/inbox/list";
import { countOverdue } from "@/domain/requests/list-queue";
import { countWaitingReviews } from "@/domain/reviews/waiting";
import { at } from "@/lib/addresses";
import { vendorName } from "@/server/vendor";

type Props = { ctx: Context & { actor: Person }; children: React.ReactNode };

/** The operations side: each member of staff sees the rooms of their roles. */
export async function OpsFrame({ ctx, children }: Props) {
  const { actor } = ctx;
  const locale = await getLocale();
  const [t, role, reviews, overdue, unreached, unread] = await Promise.all([
    getTranslations(),
    getTranslations("access.staffRole"),
    may(actor, "policy.readDrafts") ? countWaitingReviews(ctx, {}) : 0,
    may(actor, "request.readAsStaff") ? countOverdue(ctx, {}) : 0,
    may(actor, "unreached.read") ? countUnreached(ctx, {}) : 0,
    countUnread(ctx, {}),
  ]);

  return (
    <WorkingShell
      homeHref="/ops"
      accounts={{
        currentName: t("ops.workspace", { vendor: vendorName(locale) }),
      }}
      person={{
        name: actor.name,
        note: actor.staffRoles.map((one) => role(one)).join(t("ops.separator")),
        links: [
          { href: "/ops/settings", label: t("access.settings.title") },
          ...(may(actor, "account.readOwn")
            ? [{ href: at("/home"), label: t("ops.nav.console") }]
            : []),
        ],
      }}
      inbox={{ href: "/ops/inbox", unread }}
      groups={navigationFor(actor, t, {
        reviews,
        overdue,
        unreached,
        unread,
      })}
    >
      {children}
    </WorkingShell>
  );
}
