import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { ListSearch } from "@/components/form/list-search";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { SECURITY_EVENTS, WAYS_IN } from "@/db/vocabulary/security";
import { type ListedEvent, listSecurityEvents } from "@/domain/access/security-events";
import { type ListedAlarm, listAlarms } from "@/domain/security/list-alarms";
import { type ScannerState, scannerState } from "@/domain/requests/scanner-state";
import { at, withLanguage } from "@/lib/addresses";
import { requireContext } from "@/server/session";
import { isAboutRunning } from "@/wording/security-alarm";

type Props = { searchParams: Promise<{ search?: string; kind?: string; page?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("security");
  return { title: t("title") };
}

/** Who came in or tried to, and what was refused to whom: what the lasting record does not hold. */
export default async function SecurityPage({ searchParams }: Props) {
  const ctx = await requireContext("security.read");
  const given = await searchParams;
  const kind = SECURITY_EVENTS.find((known) => known === given.kind);
  const { rows, previous, next } = await listSecurityEvents(ctx, { ...given, kind });
  const [t, locale, alarms] = await Promise.all([
    getTranslations("security"),
    getLocale(),
    listAlarms(ctx, {}),
  ]);
  const search = typeof given.search === "string" ? given.search.trim() : "";

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <Alarms alarms={alarms} />
      <div className="mb-5">
        <TabLinks
          label={t("kind")}
          tabs={[undefined, ...SECURITY_EVENTS].map((one) => ({
            href: at("/ops/security", { search, kind: one }),
            label: t(one ? `event.${one}` : "anyKind"),
            current: one === kind,
          }))}
        />
      </div>
      <ListSearch
        action={withLanguage(locale, "/ops/security")}
        id="search"
        name="search"
        value={search}
        kept={{ kind }}
        words={{ label: t("search"), find: t("find"), clear: t("clear") }}
        clearHref={at("/ops/security", { kind })}
      />
      <Table
        caption={t("title")}
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={t(search || kind ? "notFound" : "empty")}>
            {t(search || kind ? "notFoundText" : "emptyText")}
          </EmptyState>
        }
        columns={[
          { header: t("when"), nowrap: true, cell: (row) => <Time at={row.at} form="table" /> },
          {
            header: t("kind"),
            rowHeader: true,
            cell: (row) => <Event row={row} />,
          },
          {
            header: t("who"),
            cell: ({ personName, personEmail }) =>
              personName === null ? (
                t("nobody")
              ) : (
                <>
                  {personName}
                  <CellNote>
                    <span className="wrap-anywhere">{personEmail}</span>
                  </CellNote>
                </>
              ),
          },
          {
            header: t("place"),
            cell: ({ network, device }) => (
              <>
                <span className="wrap-anywhere">{network || t("unknownNetwork")}</span>
                {device && <CellNote>{device}</CellNote>}
              </>
            ),
          },
        ]}
      />
      <Pager href={at("/ops/security", { search, kind })} previous={previous} next={next} />
      <Scanner scanner={await scannerState(ctx, {})} />
    </>
  );
}

/** Whether files that people bring are looked at for malware, which is set where the portal is run. */
function Scanner({ scanner }: { scanner: ScannerState }) {
  const t = useTranslations("security.scanner");
  const signaturesOf = "signaturesOf" in scanner ? scanner.signaturesOf : null;
  return (
    <Section title={t("title")}>
      <p className="max-w-measure">{t(`state.${scanner.state}`)}</p>
      {scanner.state === "away" && (
        <p className="text-small text-ink-muted mt-1 wrap-anywhere">{scanner.why}</p>
      )}
      {"version" in scanner && (
        <p className="text-small text-ink-muted mt-1">
          {scanner.version}
          {signaturesOf && " · "}
          {signaturesOf &&
            t.rich("signaturesOf", { moment: () => <Time at={signaturesOf} form="table" /> })}
        </p>
      )}
    </Section>
  );
}

/** What was told to administrators, or to the owner of an address, and the way to the events behind it. */
function Alarms({ alarms }: { alarms: readonly ListedAlarm[] }) {
  const t = useTranslations("security");
  if (alarms.length === 0) return null;
  return (
    <Section title={t("alarms")}>
      <ul className="border-line mb-8 border-t">
        {alarms.map(({ id, pattern, count, network, personName, personEmail, raisedAt }) => (
          <li
            key={id}
            className="border-line text-ui flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b py-2"
          >
            <span className="text-ink-muted">
              <Time at={raisedAt} form="table" />
            </span>
            <span className="min-w-0 flex-1 basis-60">
              {t(`noted.${pattern}`)}
              <span className="text-ink-muted text-small ml-2 wrap-anywhere">
                {[
                  t("alarmCount", { count }),
                  personName && t("about", { name: personName }),
                  network && t("inNetwork", { network }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            {isAboutRunning({ pattern }) ? (
              <Link href="/ops/tickets/callback">{t("alarm.callbackAction")}</Link>
            ) : pattern === "record_broken" ? (
              <Link href="/ops/audit">{t("alarm.recordAction")}</Link>
            ) : (
              <Link
                href={at("/ops/security", {
                  search: personEmail ?? network,
                  kind: pattern === "person_refused" ? "refused" : "sign_in_failed",
                })}
              >
                {t("seeEvents")}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What happened: by which way in, or at which page. */
function Event({ row: { kind, what } }: { row: ListedEvent }) {
  const t = useTranslations("security");
  const way = WAYS_IN.find((known) => known === what);
  return (
    <>
      {t(`event.${kind}`)}
      {what && (
        <CellNote>
          <span className="wrap-anywhere">{way ? t(`way.${way}`) : what}</span>
        </CellNote>
      )}
    </>
  );
}
