import { getTranslations } from "next-intl/server";

import { noticeAddressOf } from "@/app/[locale]/(ops)/ops/_notices/address";
import { type Todo } from "@/components/ui/todo-list";
import { may } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";
import { listNoticesAhead, type NoticeAhead } from "@/domain/notices/list-notices";
import { formatDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";

import { type DeskProps } from "./desk-todos";
import { todoAction } from "./todo-action";

/** Notices to review, and one's own drafts and what has come back. */
export async function noticeTodos({ ctx, locale }: DeskProps): Promise<Todo[]> {
  const { actor } = ctx;
  if (!may(actor, "notice.readDrafts")) return [];
  const [t, ahead] = [await getTranslations("ops.desk.todo"), await listNoticesAhead(ctx, {})];
  return ahead
    .filter((notice) => isMine(actor, notice))
    .map((notice): Todo => {
      const { id, parts, incidentNumber, status, authorName, rejection } = notice;
      const words = { title: localized(parts.title, locale).text };
      const href = noticeAddressOf({ id, incidentNumber });
      if (status === "in_review")
        return {
          key: id,
          tone: "warn",
          title: t("noticeReview", words),
          href: `${href}/review`,
          why: t("reviewWhy", {
            author: authorName,
            at: formatDateTime(notice.submittedAt ?? notice.updatedAt, locale),
          }),
          action: todoAction(`${href}/review`, t("openReview")),
        };
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

function isMine(actor: Person, { status, writerIds }: NoticeAhead): boolean {
  const wrote = writerIds.includes(actor.id);
  if (status === "in_review") return may(actor, "notice.review") && !wrote;
  return status === "draft" && may(actor, "notice.draft") && wrote;
}
