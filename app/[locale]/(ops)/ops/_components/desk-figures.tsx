import { getTranslations } from "next-intl/server";

import { FigureRow } from "@/components/ui/figure";
import { may } from "@/domain/access/permissions";
import { countUnreached } from "@/domain/broadcasts/unreached";
import type { Context, Person } from "@/domain/context";
import { countAskTasks } from "@/domain/policies/ask-tasks";
import { countQueue } from "@/domain/requests/list-queue";
import { countWaitingReviews } from "@/domain/reviews/waiting";
import { at } from "@/lib/addresses";

type Props = { ctx: Context & { actor: Person } };

/** What of this person's work lies where, each the door to its list; only counted, never loaded. */
export async function DeskFigures({ ctx }: Props) {
  const { actor } = ctx;
  const views = viewsOf(actor);
  const readsReviews = may(actor, "policy.readDrafts");
  const readsUnreached = may(actor, "unreached.read");
  const followsUp = may(actor, "policy.readCoverage");
  const [t, queue, reviews, unreached, followUps] = await Promise.all([
    getTranslations("ops.desk.figures"),
    may(actor, "request.review") ? countQueue(ctx, {}) : null,
    readsReviews ? countWaitingReviews(ctx, {}) : 0,
    readsUnreached ? countUnreached(ctx, {}) : 0,
    followsUp ? countAskTasks(ctx, {}) : 0,
  ]);
  const figures = [
    ...(queue
      ? views.map((view) => ({
          href: at("/ops/requests", { view }),
          label: t(view),
          count: queue[view],
        }))
      : []),
    ...(readsReviews ? [{ href: at("/ops/reviews"), label: t("reviews"), count: reviews }] : []),
    ...(readsUnreached
      ? [{ href: at("/ops/unreached"), label: t("unreached"), count: unreached }]
      : []),
    ...(followsUp
      ? [{ href: at("/ops/follow-ups"), label: t("followUps"), count: followUps }]
      : []),
  ];
  return figures.length > 1 && <FigureRow label={t("title")} figures={figures} />;
}

const viewsOf = (actor: Person) =>
  may(actor, "request.handle")
    ? (["mine", "unassigned", "overdue", "review"] as const)
    : (["review"] as const);
