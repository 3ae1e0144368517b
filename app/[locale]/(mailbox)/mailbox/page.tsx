import { getLocale, getTranslations } from "next-intl/server";
import { connection } from "next/server";

import { WidePage } from "@/components/layout/reading-page";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { at, withLanguage } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";
import { listMails } from "@/lib/mailbox";

import { EventStatus } from "./_components/event-status";

const MOST = 100;

type Props = { searchParams: Promise<{ to?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("mailbox");
  return { title: t("title"), robots: { index: false } };
}

export default async function MailboxPage({ searchParams }: Props) {
  await connection();
  const to = (await searchParams).to?.trim().slice(0, 254) ?? "";
  const [t, locale] = await Promise.all([getTranslations("mailbox"), getLocale()]);
  const mails = await listMails({ to: to || undefined, limit: MOST });

  return (
    <WidePage title={t("title")} lead={t("lead")}>
      <form
        action={withLanguage(locale, "/mailbox")}
        className="mb-4 flex flex-wrap items-end gap-2"
      >
        <label className="text-ui grid min-w-0 flex-1 gap-1 sm:max-w-90">
          {t("to")}
          <Input name="to" type="search" defaultValue={to} placeholder={t("all")} />
        </label>
        <Button type="submit">{t("filter")}</Button>
        <span className="flex flex-wrap gap-2 md:ml-auto">
          <ButtonLink href="/mailbox/kinds">{t("kinds.title")}</ButtonLink>
          <ButtonLink href="/stories">{t("stories.title")}</ButtonLink>
        </span>
      </form>
      <Table
        caption={t("mails")}
        rows={mails}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={to ? t("emptyFor", { address: to }) : t("empty")}>
            {t("emptyText")}
          </EmptyState>
        }
        columns={[
          {
            header: t("subject"),
            rowHeader: true,
            cell: ({ id, subject, to: recipients }) => (
              <>
                <Link href={at("/mailbox/*", id)} tone="main">
                  {subject}
                </Link>
                <CellNote>
                  <span className="wrap-anywhere">{recipients.join(", ")}</span>
                </CellNote>
              </>
            ),
          },
          {
            header: t("state"),
            nowrap: true,
            cell: ({ lastEvent }) => <EventStatus event={lastEvent} />,
          },
          { header: t("time"), nowrap: true, cell: ({ at }) => formatTableDateTime(at) },
        ]}
      />
      {mails.length === MOST && (
        <p className="text-ink-muted text-small mt-3">{t("shown", { count: MOST })}</p>
      )}
    </WidePage>
  );
}
