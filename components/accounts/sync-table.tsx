import { useLocale, useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import { Link } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ListedSync } from "@/domain/accounts/list-syncs";
import { at } from "@/lib/addresses";
import { formatNumber } from "@/lib/format";

import { SyncStatus } from "./account-status";

/** Bulks of the vendor's console, by when they began. */
export function SyncTable({ syncs }: { syncs: readonly ListedSync[] }) {
  const t = useTranslations("accounts.syncs");
  const locale = useLocale();
  return (
    <Table
      caption={t("title")}
      rows={syncs}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("at"),
          rowHeader: true,
          nowrap: true,
          cell: ({ id, createdAt, isDryRun }) => (
            <>
              <Link href={at("/ops/accounts/syncs/*", id)} tone="main">
                <Time at={createdAt} form="table" />
              </Link>
              {isDryRun && <Chip after>{t("dryRun")}</Chip>}
            </>
          ),
        },
        { header: t("stateColumn"), cell: ({ state }) => <SyncStatus state={state} /> },
        { header: t("token"), cell: ({ token }) => token ?? t("tokenGone") },
        { header: t("lines"), align: "end", cell: ({ lines }) => formatNumber(lines, locale) },
        { header: t("outcome"), cell: (sync) => <SyncOutcome sync={sync} /> },
      ]}
    />
  );
}

/** What a bulk came to; while it is under way that is not known. */
export function SyncOutcome({ sync }: { sync: Omit<ListedSync, "token"> }) {
  const t = useTranslations("accounts.syncs");
  const { state, problemCount, added, changed, unchanged } = sync;
  if (problemCount > 0) return t("problemCount", { count: problemCount });
  if (state === "done") return t("counts", { added, changed, unchanged });
  if (state === "checked") return t("wouldBe", { added, changed, unchanged });
  return "–";
}
