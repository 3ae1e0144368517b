import { getTranslations } from "next-intl/server";

import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { TodoList } from "@/components/ui/todo-list";
import { may } from "@/domain/access/permissions";
import type { Context, Person } from "@/domain/context";
import { listQueue, type QueueRow } from "@/domain/requests/list-queue";
import { isPriority } from "@/domain/requests/rules";
import { at } from "@/lib/addresses";
import { shanghaiMidnight } from "@/lib/shanghai";

const SHOWN = 5;

type Props = { ctx: Context & { actor: Person } };

/**
 * The cases that wait for this person, the nearest breach first: a handler's own and those nobody
 * handles yet, and other people's proposals that need a second person.
 */
export function DeskRequests({ ctx }: Props) {
  const views = may(ctx.actor, "request.handle")
    ? (["unassigned", "mine", "review"] as const)
    : (["review"] as const);
  return views.map((view) => <DeskList key={view} {...{ ctx, view }} />);
}

type ListProps = Props & { view: "unassigned" | "mine" | "review" };

async function DeskList({ ctx, view }: ListProps) {
  const t = await getTranslations("requests.desk");
  const { rows, counts } = await listQueue(ctx, { view, size: SHOWN });
  const count = counts[view];
  // To a handler other people's proposals come now and then; an empty list would only take room.
  if (view === "review" && count === 0 && may(ctx.actor, "request.handle")) return null;
  return (
    <Section
      title={t(`desk.${view}`)}
      note={count > SHOWN && t("desk.count", { count })}
      more={<Link href={at("/ops/requests", { view })}>{t("desk.all")}</Link>}
    >
      {rows.length === 0 ? (
        <EmptyState title={t("desk.empty")}>{t(`desk.emptyText.${view}`)}</EmptyState>
      ) : (
        <Cases rows={rows} label={t(`desk.${view}`)} />
      )}
    </Section>
  );
}

type CasesProps = { rows: readonly QueueRow[]; label: string };

async function Cases({ rows, label }: CasesProps) {
  const [t, type] = await Promise.all([
    getTranslations("requests.desk"),
    getTranslations("requests.type"),
  ]);
  return (
    <TodoList
      label={label}
      todos={rows.map((row) => ({
        key: row.id,
        tone: row.isOverdue || isPriority(row.type, row.isOfChildrensApp) ? "danger" : "warn",
        title: `${row.number} ${type(row.type)}`,
        href: at("/ops/requests/*", row.number),
        why: (
          <>
            {t(`status.${row.status}`)}
            {isPriority(row.type, row.isOfChildrensApp) && <> · {t("priority")}</>}
          </>
        ),
        due: <Time at={shanghaiMidnight(row.dueDate)} form="table-date" />,
        dueNote: row.isOverdue ? t("overdue") : t("col.due"),
        action: (
          <ButtonLink
            href={at("/ops/requests/*", row.number)}
            aria-label={`${t("desk.open")} ${row.number}`}
          >
            {t("desk.open")}
          </ButtonLink>
        ),
      }))}
    />
  );
}
