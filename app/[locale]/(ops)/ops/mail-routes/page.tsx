import { getLocale, getTranslations } from "next-intl/server";

import { RouteStatus } from "@/components/broadcasts/route-status";
import { ActionForm } from "@/components/form/action-form";
import { RadiosField, SelectField, TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Facts } from "@/components/ui/facts";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import {
  choiceOf,
  MAIL_REGIONS,
  type MailRegion,
  ROUTE_CHOICES,
  TRANSFER_BASES,
} from "@/db/vocabulary/routes";
import { may } from "@/domain/access/permissions";
import {
  isPermanent,
  listMailRoutes,
  SMTP_TROUBLES,
  type SmtpTrouble as Trouble,
  type RegionRoute,
  type RouteProposal,
} from "@/domain/broadcasts/mail-routes";
import { leavesRegion, RESEND_STORES_IN } from "@/domain/broadcasts/route-rules";
import { countryName, formatDate, formatNumber } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { requireContext } from "@/server/session";

import { ProposalDecision } from "../_reviews/decision";
import { decideRouteAction, proposeRouteAction } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.routes");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ done?: string }> };

/** By which way the mails of each region leave, or why they do not; what waits for a second person, and what was decided (P15). */
export default async function MailRoutesPage({ searchParams }: Props) {
  const ctx = await requireContext("route.read");
  const [t, { done }, { regions, waiting, past, trouble, isSmtpSet }] = await Promise.all([
    getTranslations("broadcasts.routes"),
    searchParams,
    listMailRoutes(ctx, {}),
  ]);
  const outcome = (["proposed", "decided"] as const).find((one) => one === done);
  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      {outcome && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t(outcome)}
          </Banner>
        </div>
      )}
      {trouble && <SmtpTrouble trouble={trouble} />}
      <Section title={t("current")} note={t(isSmtpSet ? "smtpSet" : "smtpUnset")}>
        <RegionTable regions={regions} />
        <p className="text-ink-muted max-w-measure mt-4">{t("bounces")}</p>
      </Section>
      {waiting.map((proposal) => (
        <Section
          key={proposal.row.id}
          title={t("waiting", { region: proposal.row.region })}
          note={t("proposedBy", { name: proposal.proposer })}
        >
          <ProposedFacts proposal={proposal} />
          <ProposalDecision
            isOwn={proposal.row.proposedBy === ctx.actor.id}
            isReviewer={may(ctx.actor, "route.review")}
            action={decideRouteAction}
            hidden={{ routeId: proposal.row.id }}
          />
        </Section>
      ))}
      {may(ctx.actor, "route.propose") && <Propose />}
      <Section title={t("past")}>
        {past.length > 0 ? <History past={past} /> : <p>{t("none")}</p>}
      </Section>
    </>
  );
}

/** Why mails by SMTP wait, and since when: no fault of who they are to, so nobody else is told in their place yet. */
async function SmtpTrouble({ trouble: { reason, detail, waiting, since } }: { trouble: Trouble }) {
  const t = await getTranslations("broadcasts.routes");
  const why = SMTP_TROUBLES.find((one) => one === reason);
  return (
    <div className="mb-6">
      <Banner
        tone={why && isPermanent(why) ? "danger" : "warn"}
        role="status"
        title={t("trouble.title", { count: waiting })}
      >
        <p>{t(`trouble.${why ?? "no_answer"}`)}</p>
        {detail && (
          <p>
            {t("trouble.said")} <code className="wrap-anywhere">{detail}</code>
          </p>
        )}
        {since && (
          <p>
            {t("trouble.since")} <Time at={since} form="table" />
          </p>
        )}
      </Banner>
    </div>
  );
}

async function RegionTable({ regions }: { regions: readonly RegionRoute[] }) {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.routes"), getLocale()]);
  return (
    <Table
      caption={t("current")}
      rows={regions}
      rowKey={({ region }) => region}
      columns={[
        {
          header: t("region"),
          rowHeader: true,
          cell: ({ region, accounts }) => (
            <>
              {t(`regions.${region}`)}
              <CellNote>{t("accounts", { count: formatNumber(accounts, locale) })}</CellNote>
            </>
          ),
        },
        {
          header: t("route"),
          cell: ({ route, storedIn, id, treatedAs }) => (
            <>
              {t(`routes.${route}`)}
              {treatedAs && <CellNote>{t(`routes.as_${treatedAs}`)}</CellNote>}
              {storedIn && (
                <CellNote>{t("storedIn", { place: countryName(storedIn, locale) })}</CellNote>
              )}
              {!id && <CellNote>{t("undecided")}</CellNote>}
            </>
          ),
        },
        { header: t("basis"), cell: (one) => <Basis route={one} /> },
        {
          header: t("effect"),
          cell: (one) => <RouteStatus route={one} isWarned={isWarned(one)} />,
        },
      ]}
    />
  );
}

/** Leaves a region without a basis: of accounts of which nobody has said where they are at home. */
const isWarned = (one: RegionRoute): boolean => !one.basis && leavesRegion(lawOf(one), one);

/** Whose law binds it: that of the region that it is treated as. */
const lawOf = ({ region, treatedAs }: RegionRoute): MailRegion => treatedAs ?? region;

async function Basis({ route }: { route: RegionRoute }) {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.routes"), getLocale()]);
  const { basis } = route;
  if (!leavesRegion(lawOf(route), route)) return <>{t("notNeeded")}</>;
  if (!basis) return <>{t("noBasis")}</>;
  return (
    <>
      {t(`bases.${basis.way}`)}
      <CellNote>
        {[basis.number, basis.day && formatDate(shanghaiMidnight(basis.day), locale)]
          .filter(Boolean)
          .join(" · ")}
      </CellNote>
    </>
  );
}

async function ProposedFacts({ proposal: { row } }: { proposal: RouteProposal }) {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.routes"), getLocale()]);
  const leaves = leavesRegion(row.region, row);
  return (
    <Facts
      facts={[
        { term: t("route"), value: t(`routes.${choiceOf(row)}`) },
        ...(row.storedIn ? [{ term: t("place"), value: countryName(row.storedIn, locale) }] : []),
        ...(leaves
          ? [{ term: t("basis"), value: row.basis ? t(`bases.${row.basis}`) : t("noBasis") }]
          : []),
        ...(row.basisNumber ? [{ term: t("basisNumber"), value: row.basisNumber }] : []),
        ...(row.basisDay
          ? [{ term: t("basisDay"), value: formatDate(shanghaiMidnight(row.basisDay), locale) }]
          : []),
        ...(row.note
          ? [{ term: t("note"), value: <span className="wrap-anywhere">{row.note}</span> }]
          : []),
      ]}
    />
  );
}

async function Propose() {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.routes"), getLocale()]);
  const place = countryName(RESEND_STORES_IN, locale);
  return (
    <Section title={t("propose")} note={t("proposeLead")}>
      <ActionForm action={proposeRouteAction} label={t("propose")} guard className="max-w-form">
        <SelectField
          name="region"
          label={t("region")}
          required
          options={MAIL_REGIONS.map((value) => ({ value, label: t(`regions.${value}`) }))}
        />
        <RadiosField
          name="route"
          label={t("route")}
          required
          options={ROUTE_CHOICES.map((value) => ({
            ...{ value, label: t(`routes.${value}`), hint: t(`routeHint.${value}`, { place }) },
          }))}
        />
        <TextField
          name="storedIn"
          label={t("place")}
          hint={t("placeHint")}
          maxLength={2}
          autoComplete="off"
          className="max-w-40"
        />
        <SelectField
          name="basis"
          label={t("basis")}
          hint={t("basisHint")}
          options={[
            { value: "", label: t("noBasis") },
            ...TRANSFER_BASES.map((value) => ({ value, label: t(`bases.${value}`) })),
          ]}
        />
        <TextField
          name="basisNumber"
          label={t("basisNumber")}
          hint={t("basisNumberHint")}
          maxLength={120}
          autoComplete="off"
        />
        <TextField name="basisDay" type="date" label={t("basisDay")} hint={t("basisDayHint")} />
        <TextareaField
          name="note"
          label={t("note")}
          hint={t("noteHint")}
          rows={3}
          maxLength={1000}
        />
        <div className="mt-6">
          <SubmitButton>{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

/** What was decided, the last first. */
async function History({ past }: { past: readonly RouteProposal[] }) {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.routes"), getLocale()]);
  return (
    <ul className="grid gap-3">
      {past.map(({ row, proposer, decider }) => {
        const names = { proposer, decider: decider ?? "" };
        const parts = [
          t(`regions.${row.region}`),
          t(`routes.${choiceOf(row)}`),
          row.storedIn && countryName(row.storedIn, locale),
          row.basis && t(`bases.${row.basis}`),
          row.basisNumber,
        ];
        return (
          <li key={row.id} className="wrap-anywhere">
            {parts.filter(Boolean).join(" · ")}
            <p className="text-small text-ink-muted">
              {row.decidedAt && <Time at={row.decidedAt} form="table" />}{" "}
              {row.decision === "approved"
                ? t("approvedBy", names)
                : t("refusedBy", { ...names, reason: row.reason ?? "" })}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
