import { getLocale, getTranslations } from "next-intl/server";

import { AnswerTable } from "@/components/tickets/answer-table";
import { IncidentTable } from "@/components/tickets/incident-table";
import { ButtonLink } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Link } from "@/components/ui/link";
import { DetailFrame } from "@/components/layout/detail-frame";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { listAccountIncidents } from "@/domain/incidents/list-account-incidents";
import { listAccountAnswers } from "@/domain/policies/account-answers";
import { type CustomerAccount, lookAtAccount } from "@/domain/tickets/look-at-customer";
import { type Address, at, withQuery } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { LinkSection } from "@/app/[locale]/(ops)/ops/support/_components/link-section";
import { PeopleSection } from "@/app/[locale]/(ops)/ops/support/_components/people-section";
import { RequestSection } from "@/app/[locale]/(ops)/ops/support/_components/request-section";
import { BroadcastSection } from "@/app/[locale]/(ops)/ops/support/_components/broadcast-section";

type Props = {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<{
    told?: string;
    requests?: string;
    members?: string;
    apps?: string;
    answers?: string;
    incidents?: string;
  }>;
};

/** It names nobody: a title is read without the look being on the record. */
export async function generateMetadata() {
  const t = await getTranslations("support.customer");
  return { title: t("account") };
}

/** One account as support sees it: what it was told, what it answered, what is open. */
export default async function CustomerAccountPage({ params, searchParams }: Props) {
  const { accountId } = await params;
  const ctx = await requireContext("ticket.view");
  const { told, requests, members, apps, ...pages } = await searchParams;
  const account = await orNotFound(lookAtAccount(ctx, { accountId, members, apps }));
  const [answers, incidents, t] = await Promise.all([
    listAccountAnswers(ctx, { accountId, page: pages.answers }),
    listAccountIncidents(ctx, { accountId, page: pages.incidents }),
    getTranslations("support"),
  ]);
  const home = at("/ops/support/accounts/*", accountId);
  return (
    <>
      <PageHead
        title={account.name}
        note={<Note account={account} />}
        crumbs={[{ label: t("search.title"), href: "/ops/support" }, { label: account.name }]}
        actions={
          <>
            {may(ctx.actor, "request.log") && (
              <ButtonLink href={at("/ops/requests/new", { uin: account.uin })}>
                {t("search.log")}
              </ButtonLink>
            )}
            {may(ctx.actor, "ticket.issueLink") && !account.closedAt && (
              <ButtonLink
                href={at("/ops/tickets/new", { purpose: "deregister_account", uin: account.uin })}
              >
                {t("search.leave")}
              </ButtonLink>
            )}
          </>
        }
      />
      <DetailFrame
        aside={
          <>
            <PeopleSection account={account} home={home} />
            <Apps account={account} home={home} />
          </>
        }
      >
        <Section id="answers" title={t("answers.title")}>
          {answers.rows.length === 0 ? (
            <p className="text-ink-muted">{t("answers.empty")}</p>
          ) : (
            <AnswerTable rows={answers.rows} />
          )}
          <Pager
            name="answers"
            href={withQuery(home, { "#": "answers" })}
            previous={answers.previous}
            next={answers.next}
          />
        </Section>
        <RequestSection {...{ ctx, home, of: { accountId }, page: requests }} />
        <Section id="incidents" title={t("incidents.title")}>
          {incidents.rows.length === 0 ? (
            <p className="text-ink-muted">{t("incidents.empty")}</p>
          ) : (
            <IncidentTable rows={incidents.rows} />
          )}
          <Pager
            name="incidents"
            href={withQuery(home, { "#": "incidents" })}
            previous={incidents.previous}
            next={incidents.next}
          />
        </Section>
        <LinkSection links={account.links} />
        <BroadcastSection {...{ ctx, home, of: { accountId }, page: told }} />
      </DetailFrame>
      <p className="text-small mt-8 print:hidden">
        <Link href={at("/ops/support/then/*/*", "account", accountId)}>{t("then.link")}</Link>
      </p>
      <p className="text-small text-ink-muted mt-2">{t("customer.recorded")}</p>
    </>
  );
}

async function Note({ account: { uin, createdAt, closedAt } }: { account: CustomerAccount }) {
  const [t, locale] = await Promise.all([getTranslations("support"), getLocale()]);
  return (
    <>
      {t("customer.uin", { uin, date: formatDate(createdAt, locale) })}{" "}
      {closedAt && <Chip>{t("search.closed")}</Chip>}
    </>
  );
}

async function Apps({ account: { apps }, home }: { account: CustomerAccount; home: Address }) {
  const t = await getTranslations("support.customer");
  return (
    <Section id="apps" title={t("apps")}>
      {apps.rows.length === 0 ? (
        <p className="text-ink-muted">{t("noApps")}</p>
      ) : (
        <ul>
          {apps.rows.map(({ id, name, sdkAppId, closedAt }) => (
            <li key={id} className="border-line flex flex-wrap gap-x-3 border-b py-1.5">
              <span className="min-w-0 wrap-anywhere">{name}</span>
              <span className="text-ink-muted tabular-nums">{sdkAppId}</span>
              {closedAt && <Chip after>{t("closed")}</Chip>}
            </li>
          ))}
        </ul>
      )}
      <Pager
        name="apps"
        href={withQuery(home, { "#": "apps" })}
        previous={apps.previous}
        next={apps.next}
      />
    </Section>
  );
}
