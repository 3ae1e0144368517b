import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { TOKEN_DAYS } from "@/domain/tickets/input";
import type { ListedToken } from "@/domain/tickets/list-tokens";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import { TokenStatus } from "./ticket-status";

type Token = Pick<
  ListedToken,
  | "id"
  | "name"
  | "hint"
  | "state"
  | "createdByName"
  | "createdAt"
  | "expiresAt"
  | "lastUsedAt"
  | "revokedAt"
>;
type Props<Row extends Token> = {
  caption: string;
  rows: readonly Row[];
  /** What a token may be used for. */
  use: Pick<Column<Row>, "header" | "cell">;
  /** The ways to renew or to end one, for who has them. */
  acts?: ((row: Row) => ReactNode) | undefined;
};

/** Tokens by name and beginning: what each is for, until when, when last used, and what may be done about it. */
export function TokenTable<Row extends Token>({ caption, rows, use, acts }: Props<Row>) {
  const t = useTranslations("tickets.tokens");
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
    use,
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
    ...(acts ? [{ header: t("actions"), headerHidden: true, cell: acts }] : []),
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

type RevokeProps = { token: Pick<Token, "id" | "name" | "state">; action: FormAction };

/** The way to end a token. */
export function RevokeToken({ token: { id, name, state }, action }: RevokeProps) {
  const t = useTranslations("tickets.tokens");
  if (state === "revoked") return null;
  return (
    <ActionForm
      action={action}
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

type FormProps = { action: FormAction; nameHint: string; now: Date; children: ReactNode };

/** A new token: its name, what it may be used for (`children`), and until when. */
export function NewTokenForm({ action, nameHint, now, children }: FormProps) {
  const t = useTranslations("tickets.tokens");
  return (
    <Section title={t("new")}>
      <ActionForm action={action} label={t("new")} className="max-w-form">
        <TextField
          name="name"
          label={t("name")}
          hint={nameHint}
          required
          maxLength={60}
          autoComplete="off"
        />
        {children}
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
