import { getTranslations } from "next-intl/server";

import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Todo, TodoList } from "@/components/ui/todo-list";
import { type Locale } from "@/db/vocabulary";
import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { type VersionAhead } from "@/domain/policies/list-ahead";
import { formatDate, formatDateTime } from "@/lib/format";

type Props = {
  ctx: Context & { actor: Person };
  ahead: readonly VersionAhead[];
  locale: Locale;
};

/** What waits for this person: reviews of other people's work, and their own drafts. */
export async function DeskTodos({ ctx: { actor }, ahead, locale }: Props) {
  const t = await getTranslations("ops.desk.todo");
  const mine = ahead.filter((version) => isMine(actor, version));
  if (mine.length === 0) return <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>;

  const todos = mine.map((version): Todo => {
    const { id, documentId, label, status, titles, authorName, effectiveDate } = version;
    const words = { title: titles[locale], label };
    const href = `/ops/policies/${documentId}/${id}`;
    const due = effectiveDate && {
      due: formatDate(`${effectiveDate}T00:00+08:00`, locale),
      dueNote: t("effective"),
    };
    if (status === "in_review") {
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
        action: action(`${href}/review`, t("openReview")),
      };
    }
    return {
      key: id,
      tone: version.rejection ? "danger" : "info",
      title: t(version.rejection ? "rejected" : "draft", words),
      href,
      why: version.rejection
        ? t("rejectedWhy", { reason: version.rejection })
        : t("draftWhy", { at: formatDateTime(version.updatedAt, locale) }),
      ...due,
      action: action(href, t("openDraft")),
    };
  });
  return <TodoList label={t("title")} todos={todos} />;
}

function isMine(actor: Person, { status, writerIds }: VersionAhead): boolean {
  const wrote = writerIds.includes(actor.id);
  if (status === "in_review") return may(actor, "policy.review") && !wrote;
  return status === "draft" && may(actor, "policy.draft") && wrote;
}

const action = (href: string, label: string) => (
  <ButtonLink href={href} size="sm">
    {label}
  </ButtonLink>
);
