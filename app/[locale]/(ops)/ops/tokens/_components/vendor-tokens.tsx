import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { CheckboxesField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { NewTokenForm, RevokeToken, TokenTable } from "@/components/tickets/token-table";
import { TOKEN_SCOPES } from "@/db/vocabulary/tickets";
import type { ListedToken } from "@/domain/tickets/list-tokens";
import { OVERLAP_DAYS } from "@/domain/tickets/rotate-token";

import { createTokenAction, revokeTokenAction, rotateTokenAction } from "../actions";

/** Tokens of the vendor's own systems with what each may do, and the ways to renew and to end it. */
export function VendorTokenTable({ rows }: { rows: readonly ListedToken[] }) {
  const t = useTranslations("tickets.tokens");
  return (
    <TokenTable
      caption={t("list")}
      rows={rows}
      use={{
        header: t("scopes"),
        cell: ({ scopes }) => scopes.map((scope) => t(`scope.${scope}`)).join(t("separator")),
      }}
      acts={(token) => (
        <span className="flex flex-wrap gap-2">
          <Rotate token={token} />
          <RevokeToken token={token} action={revokeTokenAction} />
        </span>
      )}
    />
  );
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

/** A new token, with what it may do. */
export function VendorTokenForm({ now }: { now: Date }) {
  const t = useTranslations("tickets.tokens");
  return (
    <NewTokenForm action={createTokenAction} nameHint={t("nameHint")} now={now}>
      <CheckboxesField
        name="scopes"
        label={t("scopes")}
        options={TOKEN_SCOPES.map((scope) => ({
          value: scope,
          label: t(`scope.${scope}`),
          hint: t(`scopeHint.${scope}`),
        }))}
        defaultValues={["ticket_links"]}
      />
    </NewTokenForm>
  );
}
