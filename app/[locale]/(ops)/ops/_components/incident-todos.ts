import { getTranslations } from "next-intl/server";

import { type Todo } from "@/components/ui/todo-list";
import { may } from "@/domain/access/permissions";
import { listIncidents } from "@/domain/incidents/list-incidents";
import { at } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";

import { type DeskProps } from "./desk-todos";
import { todoAction } from "./todo-action";

/** Incidents of which nobody has been told yet: their first notice has a target (P17). */
export async function incidentTodos({ ctx, locale }: DeskProps): Promise<Todo[]> {
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
