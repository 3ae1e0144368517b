import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { type Todo, TodoList } from "@/components/ui/todo-list";
import { Time } from "@/components/ui/time";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import type { PendingAnswer } from "@/domain/policies/pending-answers";
import { at } from "@/lib/addresses";
import { daysBetween, shanghaiDay } from "@/lib/shanghai";

type Props = { pending: readonly PendingAnswer[]; now: Date };

export function PendingList({ pending, now }: Props) {
  const t = useTranslations("acknowledgements.pending");
  return <TodoList label={t("title")} todos={usePendingTodos({ pending, now })} />;
}

/** The same as tasks, to stand among others; only the nearest carries the filled button. */
export function usePendingTodos({ pending, now }: Props): Todo[] {
  const t = useTranslations("acknowledgements.pending");
  const locale = useLocale() as Locale;
  return pending.map((item, index) => {
    const binds = BINDING_ROLES.some((role) => role === item.role);
    const href = at("/acknowledgements/*", item.versionId);
    return {
      key: `${item.versionId}-${item.accountId}`,
      tone: item.state === "overdue" ? "danger" : "warn",
      title: t("item", { title: item.titles[locale], label: item.label }),
      href,
      why: t(binds ? "whyYours" : "whyOwners", { account: item.accountName }),
      due: <Time at={item.effectiveAt} form="table-date" />,
      dueNote: <Standing item={item} now={now} />,
      action: (
        <ButtonLink variant={index === 0 && binds ? "primary" : "outline"} href={href}>
          {t(binds ? "answer" : "read")}
        </ButtonLink>
      ),
    };
  });
}

/** How long there is, how long it has been overdue, or until when it was put off. */
function Standing({ item, now }: { item: PendingAnswer; now: Date }) {
  const t = useTranslations("acknowledgements.pending");
  if (item.effectiveAt <= now) {
    const days = daysBetween(shanghaiDay(item.effectiveAt), shanghaiDay(now));
    return t("overdue", { days });
  }
  if (item.deferredUntil) return t("deferred", { date: item.deferredUntil });
  return <Countdown until={item.effectiveAt} now={now} />;
}
