import { getTranslations } from "next-intl/server";

import { readWaitingReviews } from "@/app/[locale]/(ops)/ops/reviews/_reads/waiting";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { type Todo, TodoList } from "@/components/ui/todo-list";
import type { Locale } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { listIncidents } from "@/domain/incidents/list-incidents";
import { listOwnNoticeDrafts } from "@/domain/incidents/list-notices";
import { listAhead } from "@/domain/policies/list-ahead";
import { type Address, at } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";

import { noticeAddressOf } from "../_notices/address";

export type DeskProps = { ctx: Context & { actor: Person }; locale: Locale };
type Props = DeskProps & {
  /** Which page of the reader's drafts of notices. */
  drafts: string | undefined;
};

/** Things to do of one kind, and where those are that there is no room for. */
type Part = { todos: Todo[]; rest?: Address | null };

/** What waits for this person: incidents to tell of, reviews of other people's work, their own drafts. */
export async function DeskTodos({ drafts, ...desk }: Props) {
  const t = await getTranslations("ops.desk.todo");
  const [incidents, reviews, notices, versions] = await Promise.all([
    incidentTodos(desk),
    reviewTodos(desk),
    noticeTodos(desk, drafts),
    versionTodos(desk),
  ]);
  const todos = [incidents, reviews, notices, versions].flatMap((part) => part.todos);
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
  const rest = [
    ["incidents", incidents],
    ["reviews", reviews],
    ["notices", notices],
    ["versions", versions],
  ] as const;
  return (
    <>
      <TodoList label={t("title")} todos={todos} />
      {rest.some(([, part]) => part.rest) && (
        <ul className="text-small mt-3 flex flex-wrap gap-x-5 gap-y-1">
          {rest.map(
            ([kind, part]) =>
              part.rest && (
                <li key={kind}>
                  <Link href={part.rest}>{t(`more.${kind}`)}</Link>
                </li>
              ),
          )}
        </ul>
      )}
    </>
  );
}

const COMES = {
  "policy.draft": "emptyAuthor",
  "policy.review": "emptyApprover",
  "unreached.settle": "emptySupport",
} as const;

/** Incidents of which nobody has been told yet: their first notice has a target (P17). */
async function incidentTodos({ ctx, locale }: DeskProps): Promise<Part> {
  if (!may(ctx.actor, "incident.manage")) return { todos: [] };
  const [t, { rows, next }] = await Promise.all([
    getTranslations("ops.desk.todo"),
    listIncidents(ctx, { isUntold: true }),
  ]);
  const todos = rows.map(({ id, number, title, clock }): Todo => {
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
  return { todos, rest: next ? at("/ops/incidents") : null };
}

const REVIEW = { title: "review", why: "reviewWhy", due: "target", open: "openReview" } as const;
/** Of what has left already. */
const LOOK = { title: "look", why: "lookWhy", due: "lookTarget", open: "openLook" } as const;

/** Other people's work that waits for this person's yes: what the queue of approvals holds. */
async function reviewTodos({ ctx, locale }: DeskProps): Promise<Part> {
  if (!may(ctx.actor, "policy.review")) return { todos: [] };
  const [t, { rows, next }] = await Promise.all([
    getTranslations("ops.desk.todo"),
    readWaitingReviews({ ctx, locale }, { ofOthers: true }),
  ]);
  const todos = rows.map((row): Todo => {
    const { id, href, title, kind, authorName, submittedAt, dueAt } = row;
    const { effectiveDate, goesOut } = row;
    const words = row.isOut ? LOOK : REVIEW;
    const at = submittedAt ? formatTableDateTime(submittedAt) : "";
    return {
      key: id,
      tone: dueAt && dueAt < ctx.now ? "danger" : "warn",
      title: t(words.title, { kind, title }),
      href,
      why: t(words.why, { author: authorName, at }),
      ...(effectiveDate && { due: effectiveDate, dueNote: t("effective") }),
      ...(goesOut && { due: goesOut, dueNote: t("goesOut") }),
      ...(dueAt && { due: formatTableDateTime(dueAt), dueNote: t(words.due) }),
      action: todoAction(href, t(words.open)),
    };
  });
  return { todos, rest: next ? at("/ops/reviews") : null };
}

/** One's own drafts of notices and what has come back. */
async function noticeTodos({ ctx, locale }: DeskProps, page: string | undefined): Promise<Part> {
  if (!may(ctx.actor, "notice.draft")) return { todos: [] };
  const [t, { rows, next }] = await Promise.all([
    getTranslations("ops.desk.todo"),
    listOwnNoticeDrafts(ctx, { page }),
  ]);
  const todos = rows.map((notice): Todo => {
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
        : t("draftWhy", { at: formatTableDateTime(notice.updatedAt) }),
      action: todoAction(href, t("openDraft")),
    };
  });
  return { todos, rest: next ? at("/ops", { drafts: next }) : null };
}

/** One's own drafts of versions and what has come back. */
async function versionTodos({ ctx, locale }: DeskProps): Promise<Part> {
  if (!may(ctx.actor, "policy.draft")) return { todos: [] };
  const [t, { rows, next }] = await Promise.all([
    getTranslations("ops.desk.todo"),
    listAhead(ctx, { ownDrafts: true }),
  ]);
  const todos = rows.map((version): Todo => {
    const { id, documentId, label, titles, effectiveDate } = version;
    const words = { title: titles[locale], label };
    const href = at("/ops/policies/*/*", documentId, id);
    const due = effectiveDate && {
      due: effectiveDate,
      dueNote: t("effective"),
    };
    return {
      key: id,
      tone: version.rejection ? "danger" : "info",
      title: t(version.rejection ? "rejected" : "draft", words),
      href,
      why: version.rejection
        ? t("rejectedWhy", { reason: version.rejection })
        : t("draftWhy", { at: formatTableDateTime(version.updatedAt) }),
      ...due,
      action: todoAction(href, t("openDraft")),
    };
  });
  return { todos, rest: next ? at("/ops/policies") : null };
}

/** The button at the end of a thing to do. */
const todoAction = (href: Address, label: string) => <ButtonLink href={href}>{label}</ButtonLink>;
