import { getTranslations } from "next-intl/server";

import { noticeAddressOf } from "@/app/[locale]/(ops)/ops/_notices/address";
import { type Todo } from "@/components/ui/todo-list";
import { may } from "@/domain/access/permissions";
import { listNoticesAhead } from "@/domain/incidents/list-notices";
import { formatDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";

import { type DeskProps } from "./desk-todos";
import { todoAction } from "./todo-action";

/** One's own drafts of notices and what has come back. */
export async function noticeTodos({ ctx, locale }: DeskProps): Promise<Todo[]> {
  if (!may(ctx.actor, "notice.draft")) return [];
  const [t, ahead] = [await getTranslations("ops.desk.todo"), await listNoticesAhead(ctx, {})];
  return ahead
    .filter(({ status, writerIds }) => status === "draft" && writerIds.includes(ctx.actor.id))
    .map((notice): Todo => {
      const { id, parts, incidentNumber, rejection } = notice;
      const words = { title: localized(parts.title, locale).text };
      const href = noticeAddressOf({ id, incidentNumber });
      return {
        key: id,
        tone: rejection ? "danger" : "info",
        title: t(rejection ? "noticeRejected" : "noticeDraft", words),
        href,
        why: rejection
          ? t("rejectedWhy", { reason: rejection })
          : t("draftWhy", { at: formatDateTime(notice.updatedAt, locale) }),
        action: todoAction(href, t("openDraft")),
      };
    });
}
