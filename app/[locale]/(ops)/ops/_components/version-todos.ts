import { getTranslations } from "next-intl/server";

import { type Todo } from "@/components/ui/todo-list";
import { may } from "@/domain/access/permissions";
import { type VersionAhead } from "@/domain/policies/list-ahead";
import { at } from "@/lib/addresses";
import { formatDate, formatDateTime } from "@/lib/format";

import { type DeskProps } from "./desk-todos";
import { todoAction } from "./todo-action";

/** One's own drafts of versions and what has come back. */
export async function versionTodos(
  { ctx: { actor }, locale }: DeskProps,
  ahead: readonly VersionAhead[],
): Promise<Todo[]> {
  if (!may(actor, "policy.draft")) return [];
  const t = await getTranslations("ops.desk.todo");
  return ahead
    .filter(({ status, writerIds }) => status === "draft" && writerIds.includes(actor.id))
    .map((version): Todo => {
      const { id, documentId, label, titles, effectiveDate } = version;
      const words = { title: titles[locale], label };
      const href = at("/ops/policies/*/*", documentId, id);
      const due = effectiveDate && {
        due: formatDate(`${effectiveDate}T00:00+08:00`, locale),
        dueNote: t("effective"),
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
