import { getLocale, getTranslations } from "next-intl/server";

import { ruleText } from "@/app/[locale]/(ops)/ops/_notices/rule-text";
import { EvidenceLink } from "@/components/audit/evidence-link";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { findBroadcast } from "@/domain/broadcasts/find";
import {
  outcomeIn,
  readSelection,
  type SelectedApp,
  type Selection,
} from "@/domain/incidents/selection";
import { at, withLanguage } from "@/lib/addresses";
import { orNone } from "@/server/or-none";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { noticeTitle } from "@/wording/notice-line";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ uin?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.selection");
  return { title: t("title") };
}

/** Why an account was told or was not: the frozen rule, and the account's apps as the record holds them. */
export default async function SelectionPage({ params, searchParams }: Props) {
  const ctx = await requireContext("audit.read");
  const [{ id }, { uin = "" }] = [await params, await searchParams];
  const { told } = await orNotFound(findBroadcast(ctx, { id }));
  const [t, board, locale] = await Promise.all([
    getTranslations("broadcasts.selection"),
    getTranslations("broadcasts.board"),
    getLocale(),
  ]);
  const wanted = uin.trim().slice(0, 64);
  const found = wanted ? await orNone(readSelection(ctx, { broadcastId: id, uin: wanted })) : null;
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        crumbs={[
          { label: board("list.title"), href: "/ops/broadcasts" },
          { label: noticeTitle(told, locale), href: at("/ops/broadcasts/*", id) },
          { label: t("title") },
        ]}
      />
      <search className="mb-6 block print:hidden">
        <form
          action={withLanguage(locale, at("/ops/broadcasts/*/selection", id))}
          className="flex flex-wrap items-end gap-2"
        >
          <Field id="uin" label={t("uin")} className="max-w-80 min-w-0 flex-1">
            <Input
              {...{ id: "uin", name: "uin", defaultValue: wanted, maxLength: 64, required: true }}
              autoComplete="off"
            />
          </Field>
          <Button type="submit" variant="primary">
            {t("submit")}
          </Button>
        </form>
      </search>
      {found && <Found selection={found} broadcastId={id} />}
      {wanted && !found && <EmptyState title={t("none")}>{t("noneText")}</EmptyState>}
    </>
  );
}

async function Found({ selection, broadcastId }: { selection: Selection; broadcastId: string }) {
  const [t, audit, locale] = await Promise.all([
    getTranslations("broadcasts.selection"),
    getTranslations("audit"),
    getLocale(),
  ]);
  const { account, rule, apps, entries, isSelected } = selection;
  const came = outcomeIn(selection);
  const agrees = isSelected === (came !== "notTold");
  return (
    <>
      <div className="mb-5">
        <Banner
          tone={agrees ? "ok" : "warn"}
          title={t(isSelected ? "in" : "out", { account: account.name, uin: account.uin })}
        >
          <p>{t(came)}</p>
          {!agrees && <p>{t("differs")}</p>}
        </Banner>
      </div>
      <Facts
        facts={[
          { term: t("at"), value: <Time at={selection.at} form="full" /> },
          { term: t("rule"), value: ruleText(rule, locale) },
          {
            term: t("entries"),
            value: (
              <span className="flex flex-wrap gap-x-4">
                {entries.map(({ seq, action }) => (
                  <Link key={seq} href={at("/ops/audit", { entry: seq })}>
                    {audit(`actions.${action}`)} · {seq}
                  </Link>
                ))}
              </span>
            ),
          },
        ]}
      />
      <p className="mt-4 print:hidden">
        <EvidenceLink broadcastId={broadcastId} accountId={account.id} />
      </p>
      <div className="mt-6">
        {apps.length === 0 ? <p className="text-ink-muted">{t("noApps")}</p> : <Apps apps={apps} />}
      </div>
    </>
  );
}

async function Apps({ apps }: { apps: readonly SelectedApp[] }) {
  const t = await getTranslations("broadcasts.selection");
  return (
    <Table
      caption={t("apps")}
      rows={apps}
      rowKey={({ sdkAppId }) => sdkAppId}
      columns={[
        {
          header: t("app"),
          rowHeader: true,
          cell: ({ name, sdkAppId }) => (
            <>
              {name} <span className="text-ink-muted tabular-nums">{sdkAppId}</span>
            </>
          ),
        },
        { header: t("verdict"), cell: ({ leftOut }) => t(leftOut ? `why.${leftOut}` : "why.in") },
        {
          header: t("onRecord"),
          cell: ({ entries, isOnRecord }) =>
            isOnRecord ? (
              <span className="flex flex-wrap gap-x-3">
                {entries.map(({ seq }) => (
                  <Link key={seq} href={at("/ops/audit", { entry: seq })}>
                    {t("entry", { seq })}
                  </Link>
                ))}
              </span>
            ) : (
              <span className="text-ink-muted">{t("notOnRecord")}</span>
            ),
        },
      ]}
    />
  );
}
