import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Buttons } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { Link, linkClass } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";
import { findSavedAudience, listSavedAudiences } from "@/domain/incidents/saved-audiences";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { SuccessBanner } from "../_components/success-banner";
import { countedRule, ruleText } from "../_notices/rule-text";
import { Hidden } from "../_reviews/frame";
import { lookAtAudienceAction, retireAudienceAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("incidents.desk.savedAudiences");
  return { title: t("title") };
}

/** The saved audiences; of the one that is asked for, whom it finds now and who came and went since the last look. */
export default async function AudiencesPage({ searchParams }: Props) {
  const ctx = await requireContext("notice.readDrafts");
  const { show, done } = await searchParams;
  const [t, locale, rows] = await Promise.all([
    getTranslations("incidents.desk.savedAudiences"),
    getLocale(),
    listSavedAudiences(ctx, {}),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <SuccessBanner what={done} />
      <Section title={t("list")}>
        <Table
          caption={t("list")}
          rows={rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
          columns={[
            {
              header: t("name"),
              rowHeader: true,
              cell: ({ id, name }) => (
                <Link href={at("/ops/audiences", { show: id })} tone="main">
                  {name}
                </Link>
              ),
            },
            { header: t("product"), cell: ({ product }) => product[locale] },
            {
              header: t("rule"),
              cell: ({ rule }) => (
                <span className="wrap-anywhere">{ruleText(countedRule(rule), locale)}</span>
              ),
            },
            { header: t("version"), cell: ({ number }) => t("number", { number }) },
            {
              header: t("writtenAt"),
              nowrap: true,
              cell: ({ writtenAt }) => <Time at={writtenAt} form="table" />,
            },
          ]}
        />
      </Section>
      {typeof show === "string" && <OneAudience ctx={ctx} audienceId={show} />}
    </>
  );
}

async function OneAudience({ ctx, audienceId }: { ctx: Context; audienceId: string }) {
  const [t, locale, audience] = await Promise.all([
    getTranslations("incidents.desk.savedAudiences"),
    getLocale(),
    orNotFound(findSavedAudience(ctx, { audienceId })),
  ]);
  const { name, number, measured, retiredAt, rule, versions, looked } = audience;
  return (
    <>
      <Section title={name} note={retiredAt ? t("retired") : t("number", { number })}>
        <Facts
          facts={[
            { term: t("product"), value: audience.product[locale] },
            {
              term: t("rule"),
              value: <span className="wrap-anywhere">{ruleText(countedRule(rule), locale)}</span>,
            },
            {
              term: t("now"),
              value: t("found", {
                ...{ people: measured.people, accounts: measured.accounts, apps: measured.apps },
              }),
            },
            {
              term: t("file"),
              value: (
                <a
                  className={linkClass()}
                  href={withLanguage(locale, at("/ops/audiences/*/apps.csv", audienceId))}
                  download
                >
                  {t("export")}
                </a>
              ),
            },
          ]}
        />
      </Section>
      <Section title={t("changes")}>
        <p>{t.rich("looked", { name: looked.byName, at: () => <Time at={looked.at} /> })}</p>
        <Changes changes={looked.changes} />
        {!retiredAt && may(ctx.actor, "notice.draft") && (
          <div className="mt-4">
            <Acts audienceId={audienceId} />
          </div>
        )}
      </Section>
      <Section title={t("versions")}>
        <ul>
          {versions.map((version) => (
            <li key={version.id} className="py-0.5">
              {t.rich("written", {
                ...{ number: version.number, name: version.writerName },
                at: () => <Time at={version.writtenAt} />,
              })}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

type Changed = Awaited<ReturnType<typeof findSavedAudience>>["looked"]["changes"];

async function Changes({ changes }: { changes: Changed }) {
  const t = await getTranslations("incidents.desk.appsChanged");
  const own = await getTranslations("incidents.desk.savedAudiences");
  const { added, removed, addedIds, removedIds } = changes;
  const named = (ids: readonly string[]) => ids.join(t("separator"));
  if (added + removed === 0) return <p className="mt-1">{own("same")}</p>;
  return (
    <ul className="mt-1">
      {added > 0 && <li>{t("added", { count: added, ids: named(addedIds) })}</li>}
      {removed > 0 && <li>{t("removed", { count: removed, ids: named(removedIds) })}</li>}
    </ul>
  );
}

/** Takes what it finds now as looked at, or offers it no more. */
async function Acts({ audienceId }: { audienceId: string }) {
  const t = await getTranslations("incidents.desk.savedAudiences");
  return (
    <Buttons>
      <ActionForm action={lookAtAudienceAction} label={t("look")}>
        <Hidden values={{ audienceId }} />
        <SubmitButton variant="outline">{t("look")}</SubmitButton>
      </ActionForm>
      <ActionForm
        action={retireAudienceAction}
        label={t("retire")}
        confirm={{
          ...{ title: t("retireTitle"), body: t("retireText"), confirmLabel: t("retire") },
          danger: true,
        }}
      >
        <Hidden values={{ audienceId }} />
        <SubmitButton variant="danger">{t("retire")}</SubmitButton>
      </ActionForm>
    </Buttons>
  );
}
