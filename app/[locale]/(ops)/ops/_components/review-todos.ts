import { getTranslations } from "next-intl/server";

import { waitingForReview } from "@/app/[locale]/(ops)/ops/reviews/_reads/waiting";
import { type Todo } from "@/components/ui/todo-list";
import { may } from "@/domain/access/permissions";
import { formatDate, formatDateTime, formatTableDateTime } from "@/lib/format";

import { type DeskProps } from "./desk-todos";
import { todoAction } from "./todo-action";

/** Other people's work that waits for this person's yes: what the queue of approvals holds. */
export async function reviewTodos({ ctx, locale }: DeskProps): Promise<Todo[]> {
  if (!may(ctx.actor, "policy.review")) return [];
  const t = await getTranslations("ops.desk.todo");
  return (await waitingForReview(ctx, locale))
    .filter(({ writerIds }) => !writerIds.includes(ctx.actor.id))
    .map(({ id, href, title, kind, authorName, submittedAt, dueAt, effectiveDate }): Todo => {
      const at = submittedAt ? formatDateTime(submittedAt, locale) : "";
      return {
        key: id,
        tone: dueAt && dueAt < ctx.now ? "danger" : "warn",
        title: t("review", { kind, title }),
        href,
        why: t("reviewWhy", { author: authorName, at }),
        ...(effectiveDate && {
          due: formatDate(`${effectiveDate}T00:00+08:00`, locale),
          dueNote: t("effective"),
        }),
        ...(dueAt && { due: formatTableDateTime(dueAt), dueNote: t("target") }),
        action: todoAction(href, t("openReview")),
      };
    });
}
