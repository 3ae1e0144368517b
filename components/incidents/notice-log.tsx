import { useLocale, useTranslations } from "next-intl";

import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import { Icon } from "@/components/ui/icon";
import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import type { ToldIncident } from "@/domain/incidents/find-published";
import { formatDateTime } from "@/lib/format";
import { incidentWords, saidIn } from "@/wording/incident-notice";

import { Said } from "../broadcasts/incident-body";
import { CorrectedParts } from "./corrected-parts";
import { IncidentFacts } from "./incident-aside";
import { IncidentParts } from "./incident-parts";
import { IncidentStatus } from "./incident-status";

type Props = { incident: ToldIncident; vendor: string; address: string };
type Notice = ToldIncident["notices"][number];

/** Every notice as it was published, the newest first; what was corrected stays, and says so. */
export function NoticeLog({ incident, vendor, address }: Props) {
  const locale = useLocale();
  return (
    <ol reversed>
      {incident.notices.toReversed().map((notice) => (
        <li key={notice.id} className="border-line border-t">
          <Entry
            notice={notice}
            corrected={incident.notices.find(({ id }) => id === notice.correctsId)}
            correction={incident.notices.findLast(({ correctsId }) => correctsId === notice.id)}
            product={incident.product[locale]}
            vendor={vendor}
            address={address}
          />
        </li>
      ))}
    </ol>
  );
}

type EntryProps = {
  notice: Notice;
  corrected: Notice | undefined;
  correction: Notice | undefined;
  product: string;
  vendor: string;
  address: string;
};

function Entry({ notice, corrected, correction, product, vendor, address }: EntryProps) {
  const t = useTranslations("incidents.notice");
  const words = useTranslations("notices");
  const locale = useLocale();
  const { facts, publishedAt } = notice;
  const { sequence, type, status } = facts;
  return (
    <article
      id={`notice-${sequence}`}
      aria-labelledby={`notice-${sequence}-title`}
      className="py-5"
    >
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h3 id={`notice-${sequence}-title`} className="text-body font-semibold">
          {t("heading", { sequence, type: words(`type.${type}`) })}
        </h3>
        <IncidentStatus status={status} />
        <span className="text-small text-ink-muted sm:ml-auto">
          <Time at={publishedAt} form="table" />
        </span>
      </header>
      {notice.withdrawn && (
        <p className="border-warn-line bg-warn-soft mt-3 rounded-md border px-3 py-2">
          {t("withdrawn", { at: formatDateTime(notice.withdrawn.at, locale) })}
        </p>
      )}
      {correction && (
        <p className="border-warn-line bg-warn-soft mt-3 rounded-md border px-3 py-2">
          {t.rich("correctedBy", {
            sequence: correction.facts.sequence,
            link: (chunks) => <NoticeAnchor notice={correction}>{chunks}</NoticeAnchor>,
          })}
        </p>
      )}
      <div className={correction ? "border-warn-line mt-3 border-l-2 pl-4" : "mt-2"}>
        {corrected ? (
          <CorrectedParts before={corrected.facts} after={facts}>
            {(kind) =>
              t.rich(kind, {
                sequence: corrected.facts.sequence,
                link: (chunks) => <NoticeAnchor notice={corrected}>{chunks}</NoticeAnchor>,
              })
            }
          </CorrectedParts>
        ) : (
          <Said text={saidIn(facts.parts.situation, locale, facts.parts)} />
        )}
        <details className="group mt-3">
          <summary className="text-link inline-flex items-center gap-1.5 rounded-sm max-md:min-h-11 print:hidden">
            <Icon name="chevron-down" size={14} className="group-open:rotate-180" />
            {t("full")}
          </summary>
          <div className="pt-3">
            <div className="mb-4 font-semibold">
              <Said text={incidentWords(facts, locale).title} />
            </div>
            <IncidentParts rehearsal={facts.rehearsal} parts={facts.parts} level="h3" />
            <div className="border-line mt-5 border-t pt-4">
              <IncidentFacts facts={facts} product={product} />
            </div>
            <NoticeCitation facts={facts} vendor={vendor} address={address} />
          </div>
        </details>
      </div>
    </article>
  );
}

function NoticeAnchor({ notice, children }: { notice: Notice; children: React.ReactNode }) {
  return (
    <a href={`#notice-${notice.facts.sequence}`} className="text-link underline">
      {children}
    </a>
  );
}

type NoticeCitationProps = {
  facts: IncidentNoticeFacts;
  vendor: string;
  /** The lasting address of the incident's page. */
  address: string;
};

/** One sentence that names exactly this notice: its number, its time, its fingerprint. */
function NoticeCitation({ facts, vendor, address }: NoticeCitationProps) {
  const t = useTranslations("incidents.notice");
  const locale = useLocale();
  const { incidentNumber: number, sequence, publishedAt, contentHash: hash } = facts;
  const text = t("citation", {
    ...{ vendor, number, sequence, hash },
    at: formatDateTime(publishedAt, locale),
    address: `${address}#notice-${sequence}`,
  });
  return (
    <section className="text-small mt-5 break-inside-avoid leading-5.5">
      <h4 className="text-ink-muted font-normal">{t("cite")}</h4>
      <p className="bg-sunken mt-1 flex items-start gap-2 rounded-md px-3 py-2 print:bg-transparent print:p-0">
        <span className="min-w-0 flex-1 wrap-anywhere">{text}</span>
        <CopyButton text={text} label={t("copyCitation")} />
      </p>
    </section>
  );
}
