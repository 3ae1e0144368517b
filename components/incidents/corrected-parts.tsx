import { useLocale, useTranslations } from "next-intl";

import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import { incidentWords, type Text } from "@/wording/incident-notice";

import { Said } from "../broadcasts/incident-body";

type Props = {
  before: IncidentNoticeFacts;
  after: IncidentNoticeFacts;
  /** The sentence above: what is corrected, and whether its text changed. */
  children: (kind: "corrects" | "correctsNothing") => React.ReactNode;
};

/** What a correction changes, part by part: the old words beside the new. */
export function CorrectedParts({ before, after, children }: Props) {
  const t = useTranslations("incidents.notice");
  const changes = useChanges(before, after);
  if (changes.length === 0) return <p>{children("correctsNothing")}</p>;
  return (
    <>
      <p>{children("corrects")}</p>
      <dl className="mt-3 grid gap-4">
        {changes.map(({ title, from, to }) => (
          <div key={title}>
            <dt className="text-small text-ink-muted font-normal">{title}</dt>
            <dd className="mt-1 grid gap-1.5">
              <Version word={t("before")} tone="del" texts={from} />
              <Version word={t("after")} tone="ins" texts={to} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

type VersionProps = { word: string; tone: "del" | "ins"; texts: readonly Text[] };

function Version({ word, tone: Element, texts }: VersionProps) {
  const look =
    Element === "del" ? "bg-diff-del text-diff-del-ink" : "bg-diff-ins text-diff-ins-ink";
  return (
    <Element className={`block rounded-md px-3 py-2 no-underline print:border ${look}`}>
      <span className="text-caption block font-semibold">{word}</span>
      {texts.map((text, index) => (
        <Said key={index} text={text} />
      ))}
    </Element>
  );
}

function useChanges(before: IncidentNoticeFacts, after: IncidentNoticeFacts) {
  const t = useTranslations("incidents.notice");
  const words = useTranslations("notices.told");
  const locale = useLocale();
  const [old, now] = [incidentWords(before, locale), incidentWords(after, locale)];
  const all = [
    { title: t("title"), from: [old.title], to: [now.title] },
    { title: words("situation"), from: [old.situation], to: [now.situation] },
    { title: words("measures"), from: old.measures, to: now.measures },
    { title: words("adviceDevelopers"), from: old.adviceDevelopers, to: now.adviceDevelopers },
    { title: words("adviceEndUsers"), from: [old.adviceEndUsers], to: [now.adviceEndUsers] },
  ];
  return all.filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}
