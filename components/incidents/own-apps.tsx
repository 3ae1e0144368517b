import { useLocale, useTranslations } from "next-intl";

import type { FormAction } from "@/components/form/action-form";
import { PartSearch } from "@/components/form/list-search";
import { CheckStatus } from "@/components/ui/check-status";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import type { AffectedApp, OwnStake } from "@/domain/incidents/own-apps";
import { adviceVersion } from "@/domain/incidents/rules";
import type { Reason } from "@/domain/incidents/audience-reason";
import { type Address, at, withQuery } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";
import type { Texts } from "@/db/schema/incidents";
import { saidIn } from "@/wording/incident-notice";

import { Said } from "../broadcasts/incident-body";
import { AdviceTick } from "./advice-tick";

type Advice = Pick<IncidentNoticeFacts["parts"], "adviceDevelopers" | "format">;

type Props = {
  stake: OwnStake;
  parts: Advice;
  action: FormAction;
  /** The lists' own place. */
  href: Address;
};

/** The reader's own apps: those the incident concerns, each with its checklist, and those it does not (P22). */
export function OwnApps({ stake, parts, action, href }: Props) {
  const t = useTranslations("incidents.own");
  const { affected, affectedCount, others, othersCount, noticeId, search, turns } = stake;
  const list = withQuery(href, { search });
  if (affectedCount + othersCount === 0) return <p className="text-ink-muted">{t("noApps")}</p>;
  return (
    <>
      <p className="text-body font-semibold">
        {affectedCount > 0 ? (
          t("affected", { count: affectedCount })
        ) : (
          <CheckStatus isGood>{t("notAffected")}</CheckStatus>
        )}
      </p>
      <AppSearch stake={stake} href={href} />
      {affected.map((app) => (
        <AffectedAppCard key={app.appId} app={app} {...{ noticeId, parts, action }} />
      ))}
      <Pager name="affected" href={list} {...turns.affected} />
      {othersCount > 0 && (
        <details
          className="group mt-4"
          open={Boolean(search || turns.others.previous) || others.some(({ wasNamed }) => wasNamed)}
        >
          <summary className="text-link rounded-sm max-md:min-h-11">
            {t("others")}{" "}
            <span className="text-small text-ink-muted">
              {t("othersCount", { count: othersCount })}
            </span>
          </summary>
          <ul className="mt-1">
            {others.map(({ appId, name, sdkAppId, accountName, wasNamed }) => (
              <li key={appId} className="border-line border-b py-2">
                <AppName {...{ name, sdkAppId, accountName }} />
                {wasNamed && <p className="text-small text-ink-muted">{t("wasNamed")}</p>}
              </li>
            ))}
          </ul>
          <Pager name="others" href={list} {...turns.others} />
        </details>
      )}
    </>
  );
}

/** Where there are more apps than a page shows. */
function AppSearch({ stake, href }: Pick<Props, "stake" | "href">) {
  const t = useTranslations("accounts.appSearch");
  const { affected, others, search, turns } = stake;
  const hasMore = [turns.affected, turns.others].some(({ previous, next }) => previous ?? next);
  if (!search && !hasMore) return null;
  return (
    <div className="mt-3">
      <PartSearch
        action="#own"
        id="own-search"
        name="search"
        value={search}
        words={{ label: t("label"), find: t("find"), clear: t("clear") }}
        clearHref={href}
      />
      {search && affected.length + others.length === 0 && (
        <p className="text-ink-muted">
          {t("notFound", { search })} {t("notFoundText")}
        </p>
      )}
    </div>
  );
}

type CardProps = {
  app: AffectedApp;
  noticeId: string;
  parts: Advice;
  action: FormAction;
};

function AffectedAppCard({ app, noticeId, parts, action }: CardProps) {
  const advice = parts.adviceDevelopers;
  const t = useTranslations("incidents.own");
  const locale = useLocale();
  const words = { done: t("tick.done"), open: t("tick.open"), saving: t("tick.saving") };
  const { appId, reason, isClosed, mayFollow } = app;
  const done = app.advice.filter((entry) => entry !== null).length;
  return (
    <section className="border-line border-b py-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <AppName {...app} />
        <span className="text-small text-ink-muted sm:ml-auto">
          {t("progress", { done, all: advice.length })}
        </span>
      </div>
      <p className="text-small text-ink-soft mt-0.5">
        <ReasonText reason={reason} />
      </p>
      <DeclaredReason app={app} />
      {isClosed && <p className="text-small text-ink-muted mt-1">{t("closed")}</p>}
      <ul className="mt-2" aria-label={t("advice")}>
        {advice.map((text, item) => {
          const entry = app.advice[item];
          const note = entry && t("doneBy", { name: entry.by, at: formatTableDateTime(entry.at) });
          return (
            <li key={item}>
              <AdviceTick
                action={mayFollow ? action : null}
                fields={{ noticeId, appId, item }}
                done={Boolean(entry)}
                note={note ?? null}
                words={words}
              >
                <Said text={saidIn(text, locale, parts)} />
              </AdviceTick>
              {entry && <VersionOffer app={app} text={text} />}
            </li>
          );
        })}
      </ul>
      {!mayFollow && !isClosed && <p className="text-small text-ink-muted mt-1">{t("viewer")}</p>}
    </section>
  );
}

/** Advice that names one version has been followed: its app's versions on record may want it too. */
function VersionOffer({
  app: { appId, mayEdit, reason },
  text,
}: Pick<CardProps, "app"> & { text: Texts }) {
  const t = useTranslations("incidents.own");
  const version = mayEdit && adviceVersion(Object.values(text), reason);
  if (!version || reason.kind !== "versions") return null;
  const platforms = reason.versions.map(({ platform }) => platform).join(" ");
  return (
    <p className="text-small mb-2 pl-7.5">
      <Link href={at("/account/apps/*", appId, { version, platforms })}>
        {t("setVersion", { version })}
      </Link>
    </p>
  );
}

type NameProps = { name: string; sdkAppId: string; accountName: string };

function AppName({ name, sdkAppId, accountName }: NameProps) {
  return (
    <h3 className="text-ui">
      <span className="font-semibold">{name}</span>{" "}
      <span className="text-ink-muted font-normal tabular-nums">
        {sdkAppId} · {accountName}
      </span>
    </h3>
  );
}

/** What the app declared that the notice asks for; where it has not said, its owner may still. */
function DeclaredReason({ app: { appId, mayEdit, reason } }: Pick<CardProps, "app">) {
  const t = useTranslations("incidents.own");
  const result = useTranslations("accounts.declarations.result");
  return reason.declarations.map(({ topic, isDeclared }) => (
    <p key={topic} className="text-small text-ink-soft mt-0.5">
      {isDeclared
        ? t("reason.declared", { what: result(`${topic}.yes`) })
        : t("reason.undeclared", { what: result(`${topic}.none`) })}{" "}
      {!isDeclared && mayEdit && (
        <Link href={at("/account/apps/*", appId, { "#": "declarations" })}>{t("declare")}</Link>
      )}
    </p>
  ));
}

/** Why an app is concerned: its platform and version, its API, or its name on the list. */
function ReasonText({ reason }: { reason: Reason }) {
  const t = useTranslations("incidents.own");
  const platforms = useTranslations("accounts.platform");
  if (reason.kind !== "versions") return <>{t(`reason.${reason.kind}`)}</>;
  return (
    <span className="flex flex-wrap gap-x-3">
      {reason.versions.map(({ platform, version, isReadable }) => (
        <span key={platform}>
          {t(isReadable ? "reason.version" : "reason.unreadable", {
            platform: platforms(platform),
            version,
          })}
        </span>
      ))}
    </span>
  );
}
