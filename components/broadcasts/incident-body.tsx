import { useLocale, useTranslations } from "next-intl";

import { ActionabilityChip } from "@/components/incidents/incident-status";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import { incidentWords, type Text } from "@/wording/incident-notice";

import { Blocks } from "../policies/change-words";
import { BroadcastFacts, Prose } from "./broadcast-facts";

type Props = {
  facts: IncidentNoticeFacts;
  apps: readonly { name: string; sdkAppId: string }[] | undefined;
};

/** A notice of an incident: its required parts first (P20–P22), then what is known of the incident. */
export function IncidentBody({ facts, apps = [] }: Props) {
  const t = useTranslations("notices.told");
  const notice = incidentWords(facts, useLocale());
  return (
    <div className="max-w-measure">
      {!facts.rehearsal && (
        <p className="mb-2">
          <ActionabilityChip value={facts.parts.actionability} />
        </p>
      )}
      <p className="text-body font-semibold">{notice.ask}</p>
      {notice.corrects && <p className="mt-2">{notice.corrects}</p>}
      <Buttons className="mt-4">
        <ButtonLink href={notice.action.href} variant="primary">
          {notice.action.label}
        </ButtonLink>
      </Buttons>
      {apps.length > 0 && (
        <Section title={t("apps")}>
          <ul>
            {apps.map(({ name, sdkAppId }) => (
              <li key={sdkAppId}>
                {name} <span className="text-ink-muted tabular-nums">{sdkAppId}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t("situation")}>
        <Said text={notice.situation} />
      </Section>
      <Section title={t("measures")}>
        <Listed texts={notice.measures} />
      </Section>
      <Section title={t("adviceDevelopers")}>
        <Listed texts={notice.adviceDevelopers} />
      </Section>
      <Section
        title={t("adviceEndUsers")}
        note={facts.rehearsal ? undefined : t("adviceEndUsersNote")}
      >
        <Said text={notice.adviceEndUsers} />
      </Section>
      <Section title={t("facts")}>
        <BroadcastFacts facts={notice.facts} />
      </Section>
      {notice.bindingNote && <p className="text-small text-ink-muted mt-4">{notice.bindingNote}</p>}
    </div>
  );
}

/** A text in the reader's language, else in the binding one, which is named. */
export function Said({ text: { text, locale, blocks } }: { text: Text }) {
  const own = useLocale();
  if (blocks)
    return (
      <div lang={locale === own ? undefined : locale} className="grid gap-2 wrap-anywhere">
        <Blocks blocks={blocks} isApart />
      </div>
    );
  return (
    <p lang={locale === own ? undefined : locale}>
      <Prose text={text} />
    </p>
  );
}

function Listed({ texts }: { texts: readonly Text[] }) {
  return (
    <ol>
      {texts.map((text, index) => (
        <li key={index} className="grid grid-cols-[2em_minmax(0,1fr)] py-1">
          <span className="text-ink-muted tabular-nums">{index + 1}</span>
          <Said text={text} />
        </li>
      ))}
    </ol>
  );
}
