import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { type Todo, TodoList } from "@/components/ui/todo-list";
import { Time } from "@/components/ui/time";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import type { PendingAnswer } from "@/domain/policies/pending-answers";
import { at } from "@/lib/addresses";

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
      tone: "warn",
      title: t("item", { title: item.titles[locale], label: item.label }),
      href,
      why: t(binds ? "whyYours" : "whyOwners", { account: item.accountName }),
      due: <Time at={item.effectiveAt} form="table-date" />,
      dueNote: <Countdown until={item.effectiveAt} now={now} />,
      action: (
        <ButtonLink variant={index === 0 && binds ? "primary" : "outline"} href={href}>
          {t(binds ? "answer" : "read")}
        </ButtonLink>
      ),
    };
  });
}
