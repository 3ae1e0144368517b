import { useLocale, useTranslations } from "next-intl";

import type { FormAction } from "@/components/form/action-form";
import { ReadingPage } from "@/components/layout/reading-page";
import { SubscribeLink } from "@/components/broadcasts/subscribe-link";
import { PrintButton } from "@/components/ui/print-button";
import { PrintFooter } from "@/components/policies/print-footer";
import { Banner } from "@/components/ui/banner";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Link, linkClass } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { ToldIncident } from "@/domain/incidents/find-published";
import type { Downstream } from "@/domain/incidents/downstream";
import type { OwnStake } from "@/domain/incidents/own-apps";
import { type Address, at } from "@/lib/addresses";
import { cn } from "@/lib/cn";
import { incidentWords } from "@/wording/incident-notice";

import { DownstreamTable } from "./downstream-table";
import { IncidentFacts } from "./incident-aside";
import { IncidentClock } from "./incident-clock";
import { IncidentMarks } from "./incident-status";
import { IncidentParts } from "./incident-parts";
import { NoticeLog } from "./notice-log";
import { OwnApps } from "./own-apps";

type Props = {
  incident: ToldIncident;
  /** What it means for the reader's own apps; null for who has none of the product. */
  stake: OwnStake | null;
  /** When the reader's accounts that it concerns were told; null for who has none. */
  told: Downstream | null;
  /** Where to sign in; null for who is signed in. */
  signIn: Address | null;
  tickAdvice: FormAction;
  vendor: string;
  /** The page's lasting address. */
  address: string;
  /** Where scanners read it, by the name of the standard; none of what is not public. */
  advisories: Record<string, string>;
  now: Date;
};

/** An incident as far as the reader was told: the reader's own apps first, then its required parts (P20–P22), then every notice. */
export function IncidentArticle(props: Props) {
  const { incident, tickAdvice, vendor, address, advisories, now } = props;
  const t = useTranslations("incidents");
  const words = useTranslations("notices.told");
  const locale = useLocale();
  const { number, product, current, naming, newest } = incident;
  // Of a false alarm nothing is left to do, whoever reads it.
  const [stake, askToSignIn] = incident.falseAlarm ? [null, null] : [props.stake, props.signIn];
  const { title } = incidentWords(naming.facts, locale);

  return (
    <ReadingPage
      as="article"
      above={<Breadcrumb crumbs={[{ label: t("title"), href: "/incidents" }, { label: number }]} />}
      title={<span lang={title.locale === locale ? undefined : title.locale}>{title.text}</span>}
      lead={<Head incident={incident} />}
      aside={
        <aside className="text-ui">
          <h2 className="text-body mb-3 leading-6">{words("facts")}</h2>
          <IncidentFacts isAside facts={newest.facts} product={product[locale]} />
          <div className="mt-5 -ml-4 print:hidden">
            <PrintButton label={t("page.print")} />
          </div>
          <ForScanners advisories={advisories} />
          <Subscribing incident={incident} />
        </aside>
      }
    >
      <Ask incident={incident} />
      {/* What a developer came for stands first; the advice is read where it is ticked off. */}
      {stake && (
        <Part id="own" title={t("own.title")}>
          <OwnApps
            stake={stake}
            parts={current.facts.parts}
            action={tickAdvice}
            href={at("/incidents/*", number, { "#": "own" })}
          />
        </Part>
      )}
      {current.facts.type === "correction" && (
        <p className="text-small text-ink-muted mt-8">
          {t("page.corrected", { sequence: current.facts.sequence })}
        </p>
      )}
      <div className="mt-8">
        <PublishedClock incident={incident} now={now} />
        <CurrentParts
          incident={incident}
          isAdviceAbove={stake !== null && stake.affected.length > 0}
        />
      </div>
      {askToSignIn && (
        <Part id="own" title={t("own.title")} screenOnly>
          <p>
            {t("own.signIn")}{" "}
            <Link href={askToSignIn} className="whitespace-nowrap">
              {t("own.signInLink")}
            </Link>
          </p>
        </Part>
      )}
      <OwnMoments number={number} told={props.told} />
      <Part id="notices" title={t("page.notices")} note={t("page.noticesNote")}>
        <NoticeLog incident={incident} vendor={vendor} address={address} />
      </Part>
      <PrintFooter
        name={`${number} · ${title.text}`}
        contentHash={newest.facts.contentHash}
        address={address}
      />
    </ReadingPage>
  );
}

/** What was told last; of a false alarm that stands in its notices alone. */
function CurrentParts(props: Pick<Props, "incident"> & { isAdviceAbove: boolean }) {
  const { current, falseAlarm } = props.incident;
  const { bindingNote } = incidentWords(current.facts, useLocale());
  if (falseAlarm) return null;
  return (
    <>
      <IncidentParts
        rehearsal={current.facts.rehearsal}
        parts={current.facts.parts}
        isAdviceAbove={props.isAdviceAbove}
      />
      {bindingNote && <p className="text-small text-ink-muted mt-4">{bindingNote}</p>}
    </>
  );
}

/** What its reader has to do; of a false alarm, since when it does not hold, and why. */
function Ask({ incident: { current, falseAlarm } }: Pick<Props, "incident">) {
  const t = useTranslations("incidents.falseAlarm");
  const locale = useLocale();
  if (!falseAlarm) {
    const { isUrgent, actionability, ask } = incidentWords(current.facts, locale);
    return (
      <Banner tone={isUrgent ? "warn" : "plain"} title={actionability}>
        {ask}
      </Banner>
    );
  }
  const { at: since, reason } = falseAlarm;
  return (
    <Banner tone="warn" title={t("title")}>
      <span className="block">{t.rich("text", { at: () => <Time at={since} /> })}</span>
      <span className="mt-2 block wrap-anywhere whitespace-pre-line">{reason}</span>
    </Banner>
  );
}

/** For who has an account that it concerns. */
function OwnMoments({ number, told }: Pick<Props, "told"> & { number: string }) {
  const t = useTranslations("incidents.downstream");
  if (!told || told.rows.length === 0) return null;
  return (
    <Part id="downstream" title={t("title")}>
      <DownstreamTable number={number} told={told} />
    </Part>
  );
}

function ForScanners({ advisories }: Pick<Props, "advisories">) {
  const t = useTranslations("incidents.page");
  const links = Object.entries(advisories);
  if (links.length === 0) return null;
  return (
    <p className="text-small text-ink-muted mt-3 print:hidden">
      {t("forScanners")}{" "}
      {links.map(([standard, href]) => (
        <a key={standard} href={href} className={cn(linkClass(), "mr-2 whitespace-nowrap")}>
          {standard}
        </a>
      ))}
    </p>
  );
}

/** Only what everybody may read can be subscribed to. */
const Subscribing = ({ incident: { isPublic, productId } }: Pick<Props, "incident">) =>
  isPublic && <SubscribeLink href={at("/subscriptions", { product: productId })} what="incident" />;

function Head({ incident }: Pick<Props, "incident">) {
  const { current, newest, notices, product, falseAlarm } = incident;
  const t = useTranslations("incidents.page");
  const locale = useLocale();
  const [first] = notices;
  const moments = {
    first: () => <Time at={first?.publishedAt ?? newest.publishedAt} />,
    last: () => <Time at={falseAlarm?.at ?? newest.publishedAt} />,
  };
  const { severity, kind, rehearsal } = newest.facts;
  const status = falseAlarm ? "false_alarm" : newest.facts.status;
  const { visibility } = current;
  return (
    <span className="block">
      <IncidentMarks
        {...{ status, severity, kind, visibility, rehearsal }}
        product={product[locale]}
      />
      <span className="text-ui text-ink-muted mt-2 block">
        {t.rich(notices.length > 1 ? "toldAt" : "toldOnce", moments)}
      </span>
    </span>
  );
}

/** Its hours as they were published; the first notice is among them only for who may read that one. */
function PublishedClock({ incident: { newest, notices }, now }: Pick<Props, "incident" | "now">) {
  const t = useTranslations("incidents.clock");
  const { discoveredAt, containmentBegunAt, containedAt, resolvedAt } = newest.facts;
  const moment = (at: string | null) => (at ? new Date(at) : null);
  const [first] = notices;
  return (
    <section className="mb-8">
      <h2 className="text-h4 mb-3">{t("title")}</h2>
      <IncidentClock
        discoveredAt={new Date(discoveredAt)}
        toldAt={first?.facts.type === "initial" ? first.publishedAt : null}
        begunAt={moment(containmentBegunAt ?? null)}
        containedAt={moment(containedAt)}
        resolvedAt={moment(resolvedAt)}
        now={now}
      />
    </section>
  );
}

type PartProps = {
  id: string;
  title: string;
  note?: string;
  screenOnly?: boolean;
  children: React.ReactNode;
};

function Part({ id, title, note, screenOnly, children }: PartProps) {
  return (
    <section
      id={id}
      className={`border-ink mt-12 border-t-2 pt-5 ${screenOnly ? "print:hidden" : ""}`}
    >
      <header className="mb-3 flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-h4">{title}</h2>
        {note && <span className="text-small text-ink-muted">{note}</span>}
      </header>
      {children}
    </section>
  );
}
