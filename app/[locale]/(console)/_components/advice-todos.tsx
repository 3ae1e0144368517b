import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { type Todo, TodoList } from "@/components/ui/todo-list";
import type { OpenAdvice } from "@/domain/incidents/open-advice";
import { at } from "@/lib/addresses";
import { localized } from "@/lib/localized";

type Props = { advice: readonly OpenAdvice[] };

/** Incidents whose advice is open, as tasks. */
export function useAdviceTodos(advice: readonly OpenAdvice[]): Todo[] {
  const t = useTranslations("home.console.todo");
  const severities = useTranslations("notices.severity");
  const locale = useLocale();
  return advice.map(({ number, title, severity, isRequired, apps, items, done }) => {
    const { text, locale: language } = localized(title, locale);
    const href = at("/incidents/*", number, { "#": "own" });
    return {
      key: number,
      tone: isRequired ? "danger" : "warn",
      title: <span lang={language === locale ? undefined : language}>{text}</span>,
      href,
      why: t("advice", { severity: severities(severity), count: apps }),
      due: t("adviceProgress", { done, items }),
      dueNote: t("adviceDone"),
      action: <ButtonLink href={href}>{t("follow")}</ButtonLink>,
    };
  });
}

/** On top of the messages, until what they ask for is done: these cannot be archived. */
export function PinnedIncidents({ advice }: Props) {
  const t = useTranslations("inbox");
  return (
    <div className="mb-6">
      <Section title={t("pinned")} note={t("pinnedNote")}>
        <TodoList label={t("pinned")} todos={useAdviceTodos(advice)} />
      </Section>
    </div>
  );
}
