import { useTranslations } from "next-intl";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type ListedLink } from "@/domain/tickets/list-links";
import { type Address, at } from "@/lib/addresses";

import { LinkStatus } from "./ticket-status";

type Props = {
  caption: string;
  rows: readonly ListedLink[];
  /** Ends one; left out for who may not. */
  revoke?: FormAction;
};

/** Links of tickets: what each leads to, whether it was opened, and the way to end it. */
export function LinkTable({ caption, rows, revoke }: Props) {
  const t = useTranslations("tickets.links");
  const columns: Column<ListedLink>[] = [
    {
      header: t("ticket"),
      rowHeader: true,
      cell: ({ ticketNumber }) => (
        <Link href={at("/ops/support", { q: ticketNumber })} tone="main" className="wrap-anywhere">
          <bdi>{ticketNumber}</bdi>
        </Link>
      ),
    },
    {
      header: t("purpose"),
      cell: ({ purpose, leadsTo }) => (
        <>
          {t(`purposes.${purpose}`)}
          {leadsTo && (
            <CellNote>
              <LeadsTo name={leadsTo} />
            </CellNote>
          )}
        </>
      ),
    },
    {
      header: t("opened"),
      cell: ({ firstOpenedAt, mostUses, uses, isBound }) => (
        <>
          <LinkStatus openedAt={firstOpenedAt} />
          {mostUses !== null && <CellNote>{t("uses", { uses, most: mostUses })}</CellNote>}
          {isBound && <CellNote>{t("bound")}</CellNote>}
        </>
      ),
    },
    {
      header: t("until"),
      cell: ({ expiresAt, state }) => (
        <>
          <Time at={expiresAt} form="table" />
          {state !== "open" && <CellNote>{t(`over.${state}`)}</CellNote>}
        </>
      ),
    },
    {
      header: t("issued"),
      cell: ({ createdAt, issuerName }) => (
        <>
          <Time at={createdAt} form="table" />
          {issuerName && <CellNote>{issuerName}</CellNote>}
        </>
      ),
    },
    ...(revoke ? [revoking(t("actions"), revoke)] : []),
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

const revoking = (header: string, revoke: FormAction): Column<ListedLink> => ({
  header,
  headerHidden: true,
  cell: (row) => (row.state === "open" ? <Revoke link={row} revoke={revoke} /> : null),
});

/** What a link leads to: for everybody to read where it is published, else where support looks it up. */
function LeadsTo({ name }: { name: string }) {
  const t = useTranslations("tickets.links");
  const [kind = "", one = "", two = ""] = name.split(" ");
  const places: Record<string, { href: Address; label: string }> = {
    incident: { href: at("/incidents/*", one), label: one },
    policy: { href: at("/policies/*/*", one, two), label: `${one} ${two}` },
    announcement: { href: at("/announcements/*", one), label: t("announcement") },
    request: { href: at("/ops/support", { q: one }), label: one },
    account: { href: at("/ops/support", { q: one }), label: t("uin", { uin: one }) },
  };
  const place = places[kind];
  return place ? (
    <Link href={place.href} className="wrap-anywhere">
      {place.label}
    </Link>
  ) : null;
}

type Revoking = { link: ListedLink; revoke: FormAction };

function Revoke({ link: { id, ticketNumber, purpose }, revoke }: Revoking) {
  const t = useTranslations("tickets.links");
  const what = { ticket: ticketNumber, purpose: t(`purposes.${purpose}`) };
  return (
    <ActionForm
      action={revoke}
      label={t("revokeNamed", what)}
      confirm={{
        title: t("revokeConfirm", what),
        body: t("revokeText", what),
        confirmLabel: t("revoke"),
        danger: true,
      }}
    >
      <input type="hidden" name="linkId" value={id} />
      <SubmitButton size="sm" variant="danger" aria-label={t("revokeNamed", what)}>
        {t("revoke")}
      </SubmitButton>
    </ActionForm>
  );
}
