import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TokenStatus } from "@/components/tickets/ticket-status";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type ListedToken } from "@/domain/tickets/list-tokens";
import { OVERLAP_DAYS } from "@/domain/tickets/rotate-token";

import { revokeTokenAction, rotateTokenAction } from "../actions";

/** Tokens by name and beginning, with when each was last used, and the way to end it. */
export function TokenTable({ rows }: { rows: readonly ListedToken[] }) {
  const t = useTranslations("tickets.tokens");
  const columns: Column<ListedToken>[] = [
    {
      header: t("name"),
      rowHeader: true,
      cell: ({ name, hint }) => (
        <>
          <span className="font-semibold">{name}</span>
          <CellNote>
            <code className="font-mono">{hint}…</code>
          </CellNote>
        </>
      ),
    },
    {
      header: t("scopes"),
      cell: ({ scopes }) => scopes.map((scope) => t(`scope.${scope}`)).join(t("separator")),
    },
    {
      header: t("state"),
      nowrap: true,
      cell: ({ state, expiresAt, revokedAt }) => (
        <>
          <TokenStatus state={state} />
          {(revokedAt ?? expiresAt) && (
            <CellNote>
              {!revokedAt && `${t("until")} `}
              <Time at={revokedAt ?? expiresAt ?? ""} form="table" />
            </CellNote>
          )}
        </>
      ),
    },
    {
      header: t("lastUsed"),
      nowrap: true,
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <Time at={lastUsedAt} form="table" /> : <>{t("never")}</>,
    },
    {
      header: t("createdAt"),
      nowrap: true,
      cell: ({ createdAt, createdByName }) => (
        <>
          <Time at={createdAt} form="table" />
          <CellNote>{createdByName}</CellNote>
        </>
      ),
    },
    {
      header: t("actions"),
      headerHidden: true,
      cell: (row) => (
        <span className="flex flex-wrap gap-2">
          <Rotate token={row} />
          <Revoke token={row} />
        </span>
      ),
    },
  ];
  return <Table caption={t("list")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function Rotate({ token: { id, name, state } }: { token: ListedToken }) {
  const t = useTranslations("tickets.tokens");
  if (state !== "active") return null;
  return (
    <ActionForm
      action={rotateTokenAction}
      label={t("rotateNamed", { name })}
      confirm={{
        title: t("rotateConfirm", { name }),
        body: t("rotateText", { days: OVERLAP_DAYS }),
        confirmLabel: t("rotate"),
      }}
    >
      <input type="hidden" name="tokenId" value={id} />
      <SubmitButton size="sm" variant="outline" aria-label={t("rotateNamed", { name })}>
        {t("rotate")}
      </SubmitButton>
    </ActionForm>
  );
}

function Revoke({ token: { id, name, state } }: { token: ListedToken }) {
  const t = useTranslations("tickets.tokens");
  if (state === "revoked") return null;
  return (
    <ActionForm
      action={revokeTokenAction}
      label={t("revokeNamed", { name })}
      confirm={{
        title: t("revokeConfirm", { name }),
        body: t("revokeText"),
        confirmLabel: t("revoke"),
        danger: true,
      }}
    >
      <input type="hidden" name="tokenId" value={id} />
      <SubmitButton size="sm" variant="danger" aria-label={t("revokeNamed", { name })}>
        {t("revoke")}
      </SubmitButton>
    </ActionForm>
  );
}
