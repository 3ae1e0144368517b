import { useLocale, useTranslations } from "next-intl";

import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Platform } from "@/db/vocabulary/accounts";
import { type AccountApp } from "@/domain/accounts/list-apps";
import { type Address } from "@/lib/addresses";

import { DeclarationResults } from "./app-declarations";
import { AppStatus } from "./account-status";
import { changeColumn } from "./member-table";

type Props = {
  apps: readonly AccountApp[];
  /** Where an app is shown, to those who may not change it. */
  href?: (appId: string) => Address;
  /** Where an app is changed; without it the table is for reading. */
  editHref?: (appId: string) => Address;
  /** Instead of the table when there are none. */
  empty: { title: string; text: string };
};

/** The apps of an account with what they integrate, closed ones at its end. */
export function AppTable({ apps, href, editHref, empty }: Props) {
  const t = useTranslations("accounts");
  const locale = useLocale();
  const columns: Column<AccountApp>[] = [
    {
      header: t("detail.app"),
      rowHeader: true,
      cell: ({ id, name, sdkAppId }) => (
        <>
          {href ? <Link href={href(id)}>{name}</Link> : name}
          <CellNote>{sdkAppId}</CellNote>
        </>
      ),
    },
    {
      header: t("detail.product"),
      cell: ({ productNames, region }) => (
        <>
          {productNames[locale]}
          <CellNote>{t(`region.${region}`)}</CellNote>
        </>
      ),
    },
    { header: t("detail.platforms"), cell: (app) => <Platforms {...app} /> },
    {
      header: t("declarations.column"),
      cell: ({ declarations }) => <DeclarationResults declarations={declarations} />,
    },
    {
      header: t("detail.state"),
      cell: ({ closedAt }) => <AppStatus closedAt={closedAt} />,
    },
  ];
  if (editHref) columns.push(changeColumn(t, editHref));
  return (
    <Table
      caption={t("detail.apps")}
      rows={apps}
      rowKey={({ id }) => id}
      columns={columns}
      empty={<EmptyState title={empty.title}>{empty.text}</EmptyState>}
    />
  );
}

type PlatformsProps = {
  apiOnly: boolean;
  platforms: readonly { platform: Platform; sdkVersion: string }[];
};

/** How an app integrates: each platform with its SDK's version, or the server's API alone. */
function Platforms({ apiOnly, platforms }: PlatformsProps) {
  const t = useTranslations("accounts");
  if (apiOnly) return <>{t("apiOnly")}</>;
  return (
    <ul className="flex flex-wrap gap-x-4">
      {platforms.map(({ platform, sdkVersion }) => (
        <li key={platform} className="whitespace-nowrap">
          {t(`platform.${platform}`)} <span className="tabular-nums">{sdkVersion}</span>
        </li>
      ))}
    </ul>
  );
}

/** What an app is, for those who do not change it. */
export function AppFacts({ app }: { app: AccountApp }) {
  const t = useTranslations("accounts");
  return (
    <Facts
      facts={[
        { term: t("appForm.region"), value: t(`region.${app.region}`) },
        { term: t("detail.platforms"), value: <Platforms {...app} /> },
        { term: t("detail.state"), value: <AppStatus closedAt={app.closedAt} /> },
      ]}
    />
  );
}

/** When the vendor's console last saw an app's versions running, where it tells. */
export function SeenVersions({ app }: { app: AccountApp }) {
  const t = useTranslations("accounts");
  const facts = app.platforms.flatMap(({ platform, sdkVersion, lastSeenAt }) =>
    lastSeenAt === null
      ? []
      : {
          term: t(`platform.${platform}`),
          value: t.rich("seen.at", {
            version: sdkVersion,
            at: () => <Time at={lastSeenAt} form="table" />,
          }),
        },
  );
  if (facts.length === 0) return null;
  return (
    <Section title={t("seen.title")}>
      <p className="text-ink-muted max-w-measure mb-2">{t("seen.text")}</p>
      <Facts facts={facts} />
    </Section>
  );
}
