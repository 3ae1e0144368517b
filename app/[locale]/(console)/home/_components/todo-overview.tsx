import { useLocale, useTranslations } from "next-intl";

import { usePendingTodos } from "@/app/[locale]/(console)/_components/pending-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { type Todo, TodoList } from "@/components/ui/todo-list";
import type { OpenAdvice } from "@/domain/notices/open-advice";
import type { PendingAnswer } from "@/domain/policies/pending";
import { localized } from "@/lib/localized";

type Props = {
  advice: readonly OpenAdvice[];
  pending: readonly PendingAnswer[];
  now: Date;
};

/** What waits for the reader: incidents whose advice is open first, then changes to answer. */
export function TodoOverview({ advice, pending, now }: Props) {
  const t = useTranslations("home.console.todo");
  const todos = [...useAdviceTodos(advice), ...usePendingTodos({ pending, now })];
  return (
    <Section title={t("title")} note={t("count", { count: todos.length })}>
      {todos.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <TodoList label={t("title")} todos={todos} />
      )}
    </Section>
  );
}

function useAdviceTodos(advice: readonly OpenAdvice[]): Todo[] {
  const t = useTranslations("home.console.todo");
  const severities = useTranslations("notices.severity");
  const locale = useLocale();
  return advice.map(({ number, title, severity, isRequired, apps, items, done }) => {
    const { text, locale: language } = localized(title, locale);
    const href = `/incidents/${number}#own`;
    return {
      key: number,
      tone: isRequired ? ("danger" as const) : ("warn" as const),
      title: <span lang={language === locale ? undefined : language}>{text}</span>,
      href,
      why: t("advice", { severity: severities(severity), count: apps }),
      due: t("adviceProgress", { done, items }),
      dueNote: t("adviceDone"),
      action: (
        <ButtonLink size="sm" href={href}>
          {t("follow")}
        </ButtonLink>
      ),
    };
  });
}
