import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { TokenStatus } from "@/components/tickets/ticket-status";
import { Section } from "@/components/ui/section";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { OwnTokens } from "@/domain/tickets/account-tokens";
import { TOKEN_DAYS } from "@/domain/tickets/input";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import { createOwnTokenAction, revokeOwnTokenAction } from "../actions";

type Row = OwnTokens["tokens"][number];
type TableProps = { tokens: readonly Row[]; canManage: boolean };

/** Tokens by name and beginning: what each may ask of, since when, when last used, and the way to end it. */
export function OwnTokenTable({ tokens, canManage }: TableProps) {
  const t = useTranslations("tickets.tokens");
  const own = useTranslations("tickets.own");
  const columns: Column<Row>[] = [
    {
      header: t("name"),
      rowHeader: true,
      cell: ({ name, hint }) => (
        <>
          <span className="font-semibold wrap-anywhere">{name}</span>
          <CellNote>
            <code className="font-mono">{hint}…</code>
          </CellNote>
        </>
      ),
    },
    {
      header: own("app"),
      cell: ({ app }) =>
        app ? (
          <>
            <span className="wrap-anywhere">{app.name}</span>
            <CellNote>SDKAppID {app.sdkAppId}</CellNote>
          </>
        ) : (
          own("everyApp")
        ),
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
    ...(canManage
      ? [
          {
            header: t("actions"),
            headerHidden: true,
            cell: (row: Row) => <Revoke token={row} />,
          },
        ]
      : []),
  ];
  return <Table caption={own("list")} columns={columns} rows={tokens} rowKey={({ id }) => id} />;
}

function Revoke({ token: { id, name, state } }: { token: Row }) {
  const t = useTranslations("tickets.tokens");
  if (state === "revoked") return null;
  return (
    <ActionForm
      action={revokeOwnTokenAction}
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

type FormProps = { accountId: string; now: Date };

/** A new token: its name, of which app alone, and until when. */
export function OwnTokenForm({ accountId, now }: FormProps) {
  const t = useTranslations("tickets.tokens");
  const own = useTranslations("tickets.own");
  return (
    <Section title={t("new")}>
      <ActionForm action={createOwnTokenAction} label={t("new")} className="max-w-form">
        <input type="hidden" name="accountId" value={accountId} />
        <TextField
          name="name"
          label={t("name")}
          hint={own("nameHint")}
          required
          maxLength={60}
          autoComplete="off"
        />
        <TextField
          name="sdkAppId"
          label={own("sdkAppId")}
          hint={own("sdkAppIdHint")}
          inputMode="numeric"
          maxLength={20}
          autoComplete="off"
        />
        <TextField
          name="expiresOn"
          type="date"
          label={t("expiresOn")}
          hint={t("expiresOnHint", { days: TOKEN_DAYS.most })}
          required
          defaultValue={addDays(shanghaiDay(now), TOKEN_DAYS.standard)}
          className="max-w-60"
        />
        <div className="mt-5">
          <SubmitButton>{t("create")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
