import { useTranslations } from "next-intl";

import { TextField } from "@/components/form/fields";
import { NewTokenForm, RevokeToken, TokenTable } from "@/components/tickets/token-table";
import { CellNote } from "@/components/ui/table";
import type { OwnTokens } from "@/domain/tickets/account-tokens";

import { createOwnTokenAction, revokeOwnTokenAction } from "../actions";

type Row = OwnTokens["tokens"][number];
type TableProps = { tokens: readonly Row[]; canManage: boolean };

/** Tokens with the app that each may ask of, and the way to end it. */
export function OwnTokenTable({ tokens, canManage }: TableProps) {
  const t = useTranslations("tickets.own");
  const revoke = (token: Row) => <RevokeToken token={token} action={revokeOwnTokenAction} />;
  return (
    <TokenTable
      caption={t("list")}
      rows={tokens}
      use={{ header: t("app"), cell: ({ app }) => <AppOf app={app} /> }}
      acts={canManage ? revoke : undefined}
    />
  );
}

function AppOf({ app }: Pick<Row, "app">) {
  const t = useTranslations("tickets.own");
  if (!app) return t("everyApp");
  return (
    <>
      <span className="wrap-anywhere">{app.name}</span>
      <CellNote>SDKAppID {app.sdkAppId}</CellNote>
    </>
  );
}

type FormProps = { accountId: string; now: Date };

/** A new token, of the whole account or of one app alone. */
export function OwnTokenForm({ accountId, now }: FormProps) {
  const t = useTranslations("tickets.own");
  return (
    <NewTokenForm action={createOwnTokenAction} nameHint={t("nameHint")} now={now}>
      <input type="hidden" name="accountId" value={accountId} />
      <TextField
        name="sdkAppId"
        label={t("sdkAppId")}
        hint={t("sdkAppIdHint")}
        inputMode="numeric"
        maxLength={20}
        autoComplete="off"
      />
    </NewTokenForm>
  );
}
