import { getTranslations } from "next-intl/server";

import { type Todo } from "@/components/ui/todo-list";
import { may } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";
import { type VersionAhead } from "@/domain/policies/list-ahead";
import { formatDate, formatDateTime } from "@/lib/format";

import { type DeskProps } from "./desk-todos";
import { todoAction } from "./todo-action";

/** Versions to review, and one's own drafts and what has come back. */
export async function versionTodos(
  { ctx: { actor }, locale }: DeskProps,
  ahead: readonly VersionAhead[],
): Promise<Todo[]> {
  const t = await getTranslations("ops.desk.todo");
  return ahead
    .filter((version) => isMine(actor, version))
    .map((version): Todo => {
      const { id, documentId, label, status, titles, authorName, effectiveDate } = version;
      const words = { title: titles[locale], label };
      const href = `/ops/policies/${documentId}/${id}`;
      const due = effectiveDate && {
        due: formatDate(`${effectiveDate}T00:00+08:00`, locale),
        dueNote: t("effective"),
      };
      if (status === "in_review")
        return {
          key: id,
          tone: "warn",
          title: t("review", words),
          href: `${href}/review`,
          why: t("reviewWhy", {
            author: authorName,
            at: formatDateTime(version.submittedAt ?? version.updatedAt, locale),
          }),
          ...due,
          action: todoAction(`${href}/review`, t("openReview")),
        };
      return {
        key: id,
        tone: version.rejection ? "danger" : "info",
        title: t(version.rejection ? "rejected" : "draft", words),
        href,
        why: version.rejection
          ? t("rejectedWhy", { reason: version.rejection })
          : t("draftWhy", { at: formatDateTime(version.updatedAt, locale) }),
        ...due,
        action: todoAction(href, t("openDraft")),
      };
    });
}

function isMine(actor: Person, { status, writerIds }: VersionAhead): boolean {
  const wrote = writerIds.includes(actor.id);
  if (status === "in_review") return may(actor, "policy.review") && !wrote;
  return status === "draft" && may(actor, "policy.draft") && wrote;
}
