import { getLocale, getTranslations } from "next-intl/server";

import { SyncStatus } from "@/components/accounts/account-status";
import { SyncFacts, SyncProblems } from "@/components/accounts/sync-run";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { PageRefresh } from "@/components/ui/page-refresh";
import { may } from "@/domain/access/permissions";
import { findSyncRun, type SyncRun } from "@/domain/accounts/find-sync-run";
import { isUnderWay } from "@/domain/accounts/list-syncs";
import { MOST_PROBLEMS } from "@/domain/accounts/receive-sync";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

type Props = {
  params: Promise<{ syncId: string }>;
  searchParams: Promise<{ page?: string }>;
};

/** Milliseconds until a bulk under way is looked at again. */
const EVERY_MS = 4_000;

export async function generateMetadata() {
  const t = await getTranslations("accounts.syncs");
  return { title: t("title") };
}

/** One bulk: how far it is, what it came to, and what is wrong in which line of it. */
export default async function SyncPage({ params, searchParams }: Props) {
  const ctx = await requireContext("account.readSyncs");
  const { syncId } = await params;
  const { page } = await searchParams;
  const sync = await orNotFound(findSyncRun(ctx, { syncId, page }));
  const [t, locale] = await Promise.all([getTranslations("accounts"), getLocale()]);
  const title = t("syncs.run.title", { at: formatDateTime(sync.createdAt, locale) });
  return (
    <>
      <PageHead
        title={title}
        note={<SyncStatus state={sync.state} />}
        crumbs={[
          { label: t("title"), href: "/ops/accounts" },
          { label: t("syncs.title"), href: "/ops/accounts/syncs" },
          { label: title },
        ]}
      />
      <div className="max-w-form mb-6">
        <Banner tone={sync.problemCount > 0 ? "danger" : "plain"} role="status">
          {t(`syncs.run.text.${textOf(sync)}`)}
        </Banner>
      </div>
      {isUnderWay(sync.state) && <PageRefresh every={EVERY_MS} />}
      <SyncFacts sync={sync} />
      {sync.problemCount > 0 && <SyncProblems sync={sync} most={MOST_PROBLEMS} />}
      {isOnRecord(sync) && may(ctx.actor, "audit.read") && (
        <p className="text-small mt-8 print:hidden">
          <Link href={at("/ops/audit", { subjectId: sync.id })}>{t("syncs.run.record")}</Link>
        </p>
      )}
    </>
  );
}

/** What changes nothing is no entry. */
const isOnRecord = ({ state, added, changed }: SyncRun) => state === "done" && added + changed > 0;

const textOf = (sync: SyncRun) =>
  sync.state === "done" && !isOnRecord(sync) ? "same" : sync.state;
