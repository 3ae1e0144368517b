import { useLocale, useTranslations } from "next-intl";

import { closePopupAction } from "@/app/[locale]/_inbox/actions";
import { IncidentMarks } from "@/components/incidents/incident-status";
import { ChangeWords } from "@/components/policies/change-words";
import type { IncidentNoticeFacts, PolicyChangeFacts } from "@/domain/broadcasts/facts";
import type { Popup } from "@/domain/inbox/popup";
import { at } from "@/lib/addresses";
import { incidentHref } from "@/wording/incident-notice";
import { changePopup, incidentPopup } from "@/wording/shown";

import { PopupDialog } from "./popup-dialog";

/** Shown once for each major change and each incident that asks the reader to act (P39, P18). */
export function BroadcastPopup({ popup: { id, told } }: { popup: Popup }) {
  return told.kind === "policy_change" ? (
    <ChangePopup id={id} facts={told.facts} />
  ) : (
    <IncidentPopup id={id} facts={told.facts} />
  );
}

/** What changes, when, and the way to it. */
function ChangePopup({ id, facts }: { id: string; facts: PolicyChangeFacts }) {
  const t = useTranslations("home.console.popup");
  return (
    <PopupDialog
      id={id}
      href={at("/acknowledgements/*", facts.versionId, { by: "popup" })}
      close={closePopupAction}
      title={changePopup(facts, useLocale()).title}
      later={t("later")}
      read={t("read")}
    >
      <ChangePopupWords facts={facts} />
    </PopupDialog>
  );
}

/** What the popup of a change says below its title. */
export function ChangePopupWords({ facts }: { facts: PolicyChangeFacts }) {
  const locale = useLocale();
  const { effective, changes, more } = changePopup(facts, locale);
  return (
    <>
      <p className="text-ink-soft mb-3">{effective}</p>
      <ol className="list-decimal space-y-1 pl-5">
        {changes.map((shown, index) => (
          <li key={index}>
            <ChangeWords
              text={shown.text}
              lang={shown.locale === locale ? undefined : shown.locale}
            />
          </li>
        ))}
      </ol>
      {more && <p className="text-ink-muted mt-2">{more}</p>}
    </>
  );
}

/** What happened, how grave it is, and the way to the advice. */
function IncidentPopup({ id, facts }: { id: string; facts: IncidentNoticeFacts }) {
  const t = useTranslations("home.console.popup");
  const locale = useLocale();
  const { title } = incidentPopup(facts, locale);
  return (
    <PopupDialog
      id={id}
      href={incidentHref(facts)}
      close={closePopupAction}
      title={<span lang={title.locale === locale ? undefined : title.locale}>{title.text}</span>}
      later={t("later")}
      read={t("readIncident")}
    >
      <IncidentPopupWords facts={facts} />
    </PopupDialog>
  );
}

/** What the popup of an incident says below its title. */
export function IncidentPopupWords({ facts }: { facts: IncidentNoticeFacts }) {
  const locale = useLocale();
  const { ask, situation } = incidentPopup(facts, locale);
  return (
    <>
      <IncidentMarks {...facts} />
      <p className="mt-3 font-semibold">{ask}</p>
      <p
        lang={situation.locale === locale ? undefined : situation.locale}
        className="text-ink-soft mt-2 line-clamp-6 whitespace-pre-line"
      >
        {situation.text}
      </p>
    </>
  );
}
