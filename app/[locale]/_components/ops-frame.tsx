import { getLocale, getTranslations } from "next-intl/server";

import { navigationFor } from "@/app/[locale]/(ops)/_components/navigation";
import { WorkingShell } from "@/components/layout/working-shell";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { may } from "@/domain/access/permissions";
import { readLastCheck } from "@/domain/audit/check-record";
import { countUnreached } from "@/domain/broadcasts/unreached";
import type { Context, Person } from "@/domain/context";
import { countUnread } from "@/domain/inbox/list";
import { readPulse } from "@/domain/inbox/pulse";
import { countAskTasks } from "@/domain/policies/ask-tasks";
import { countOverdue } from "@/domain/requests/list-queue";
import { countWaitingReviews } from "@/domain/reviews/waiting";
import { at } from "@/lib/addresses";
import { vendorName } from "@/server/vendor";

type Props = { ctx: Context & { actor: Person }; children: React.ReactNode };

/** A red line on every page, while the last check of the record has found it broken. */
async function BrokenRecord({ ctx }: Pick<Props, "ctx">) {
  const check = await readLastCheck(ctx, {});
  const [first] = check?.faults ?? [];
  if (!first) return null;
  const t = await getTranslations("audit.fault");
  const { seq, place } = first;
  const kind = t(`kind.${first.kind}`);
  return (
    <div className="mb-4">
      <Banner
        tone="danger"
        title={t("title")}
        actions={
          may(ctx.actor, "audit.read") && (
            <Link href={at("/ops/audit", seq ? { entry: String(seq) } : {})}>{t("see")}</Link>
          )
        }
      >
        {seq !== null
          ? t("at", { seq, kind })
          : place !== null
            ? t("place", { place, kind })
            : t("whole", { kind })}
      </Banner>
    </div>
  );
}

/** The operations side: each member of staff sees the rooms of their roles. */
export async function OpsFrame({ ctx, children }: Props) {
  const { actor } = ctx;
  const locale = await getLocale();
  const [t, role, reviews, overdue, unreached, followUps, unread, pulse] = await Promise.all([
    getTranslations(),
    getTranslations("access.staffRole"),
    may(actor, "policy.readDrafts") ? countWaitingReviews(ctx, {}) : 0,
    may(actor, "request.readAsStaff") ? countOverdue(ctx, {}) : 0,
    may(actor, "unreached.read") ? countUnreached(ctx, {}) : 0,
    may(actor, "policy.readCoverage") ? countAskTasks(ctx, {}) : 0,
    countUnread(ctx, {}),
    readPulse(ctx, {}),
  ]);

  return (
    <WorkingShell
      pulse={pulse}
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
        followUps,
        unread,
      })}
    >
      <BrokenRecord ctx={ctx} />
      {children}
    </WorkingShell>
  );
}
