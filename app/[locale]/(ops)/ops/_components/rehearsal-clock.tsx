import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { type RehearsalClock, readRehearsalClock } from "@/domain/broadcasts/rehearsal-due";
import { type Context, type Person } from "@/domain/context";
import { at } from "@/lib/addresses";

type Props = { ctx: Context & { actor: Person } };

const REHEARSALS = at("/ops/incidents", { status: "rehearsal" });

/** When the last rehearsal of incident notices was, and by when the next is due: how well accounts are reached is only shown by one. */
export async function RehearsalLine({ ctx }: Props) {
  const [t, clock] = await Promise.all([
    getTranslations("broadcasts.rehearsal"),
    readRehearsalClock(ctx, {}),
  ]);
  const isReader = may(ctx.actor, "notice.readDrafts");
  return (
    <p className="text-ui mb-4">
      {clock ? <Said clock={clock} /> : t("none")}{" "}
      {isReader && <Link href={REHEARSALS}>{t("open")}</Link>}
    </p>
  );
}

/** Above the desk of who rehearses, once the next one is overdue. */
export async function RehearsalBanner({ ctx }: Props) {
  if (!may(ctx.actor, "incident.manage")) return null;
  const clock = await readRehearsalClock(ctx, {});
  if (!clock?.isOverdue) return null;
  const t = await getTranslations("broadcasts.rehearsal");
  return (
    <div className="mb-8">
      <Banner
        tone="warn"
        title={t("deskTitle")}
        actions={
          <ButtonLink href={REHEARSALS} size="sm">
            {t("open")}
          </ButtonLink>
        }
      >
        <Said clock={clock} />
      </Banner>
    </div>
  );
}

async function Said({ clock }: { clock: RehearsalClock }) {
  const t = await getTranslations("broadcasts.rehearsal");
  const { number, daysAgo: days, dueAt, isOverdue } = clock;
  return (
    <>
      {t("last", { number, days })}{" "}
      {t.rich(isOverdue ? "overdue" : "due", { at: () => <Time at={dueAt} /> })}
    </>
  );
}
