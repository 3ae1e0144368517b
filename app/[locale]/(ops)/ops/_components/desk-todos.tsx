import { getTranslations } from "next-intl/server";

import { waitingForReview } from "@/app/[locale]/(ops)/ops/reviews/_reads/waiting";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Todo, TodoList } from "@/components/ui/todo-list";
import type { Locale } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { listIncidents } from "@/domain/incidents/list-incidents";
import { listNoticesAhead } from "@/domain/incidents/list-notices";
import { type VersionAhead } from "@/domain/policies/list-ahead";
import { type Address, at } from "@/lib/addresses";
import { formatDate, formatDateTime, formatTableDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";

import { noticeAddressOf } from "../_notices/address";

export type DeskProps = { ctx: Context & { actor: Person }; locale: Locale };
type Props = DeskProps & { ahead: readonly VersionAhead[] };

/** What waits for this person: incidents to tell of, reviews of other people's work, their own drafts. */
export async function DeskTodos({ ahead, ...desk }: Props) {
  const t = await getTranslations("ops.desk.todo");
  const todos = [
    ...(await incidentTodos(desk)),
    ...(await reviewTodos(desk)),
    ...(await noticeTodos(desk)),
    ...(await versionTodos(desk, ahead)),
  ];
  if (todos.length === 0) {
    const { actor } = desk.ctx;
    // Each role is promised what can come to it, and no more.
    const comes = (["policy.draft", "policy.review", "unreached.settle"] as const).filter((act) =>
      may(actor, act),
    );
    return (
      <EmptyState title={t("empty")}>
        {comes.length === 0 ? t("emptyNone") : comes.map((act) => t(COMES[act])).join(" ")}
      </EmptyState>
    );
  }
  return <TodoList label={t("title")} todos={todos} />;
}

const COMES = {
  "policy.draft": "emptyAuthor",
  "policy.review": "emptyApprover",
  "unreached.settle": "emptySupport",
} as const;

/** Incidents of which nobody has been told yet: their first notice has a target (P17). */
async function incidentTodos({ ctx, locale }: DeskProps): Promise<Todo[]> {
  if (!may(ctx.actor, "incident.manage")) return [];
  const [t, { rows }] = [await getTranslations("ops.desk.todo"), await listIncidents(ctx, {})];
  return rows
    .filter(({ clock, ahead }) => clock.state !== "kept" && clock.state !== "late" && !ahead)
    .map(({ id, number, title, clock }): Todo => {
      const href = at("/ops/incidents/*", number);
      const isLate = clock.state === "breached";
      return {
        key: id,
        tone: isLate ? "danger" : "warn",
        title: t("firstNotice", { title: localized(title, locale).text }),
        href,
        why: t(isLate ? "firstNoticeLate" : "firstNoticeWhy", { number }),
        due: formatTableDateTime(clock.dueAt),
        dueNote: t("target"),
        action: todoAction(href, t("openIncident")),
      };
    });
}

/** Other people's work that waits for this person's yes: what the queue of approvals holds. */
async function reviewTodos({ ctx, locale }: DeskProps): Promise<Todo[]> {
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

/** One's own drafts of notices and what has come back. */
async function noticeTodos({ ctx, locale }: DeskProps): Promise<Todo[]> {
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

/** One's own drafts of versions and what has come back. */
async function versionTodos(
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

/** The button at the end of a thing to do. */
const todoAction = (href: Address, label: string) => (
  <ButtonLink href={href} size="sm">
    {label}
  </ButtonLink>
);
