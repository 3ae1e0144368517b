import { getTranslations } from "next-intl/server";

import { EmptyState } from "@/components/ui/empty-state";
import { TodoList } from "@/components/ui/todo-list";
import type { Locale } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { type VersionAhead } from "@/domain/policies/list-ahead";

import { incidentTodos } from "./incident-todos";
import { noticeTodos } from "./notice-todos";
import { reviewTodos } from "./review-todos";
import { versionTodos } from "./version-todos";

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
