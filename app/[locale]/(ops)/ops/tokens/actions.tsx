"use server";

import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { CopyLine } from "@/components/ui/copy-button";
import { createToken } from "@/domain/tickets/create-token";
import { revokeToken } from "@/domain/tickets/revoke-token";
import { rotateToken } from "@/domain/tickets/rotate-token";
import { formatDateTime } from "@/lib/format";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const createTokenAction = formAction(async (ctx, form) => {
  const { name, token } = await createToken(ctx, readForm(form, createToken.input));
  return { shown: <NewToken name={name} token={token} /> };
});

export const rotateTokenAction = formAction(async (ctx, form) => {
  const { name, token, endsAt } = await rotateToken(ctx, readForm(form, rotateToken.input));
  return { shown: <NewToken name={name} token={token} oldEndsAt={endsAt} /> };
});

export const revokeTokenAction = formAction(async (ctx, form) => {
  await revokeToken(ctx, readForm(form, revokeToken.input));
  return { messageKey: "tickets.browser.revoked" };
});

/** A token in full, this once. */
function NewToken({ name, token, oldEndsAt }: { name: string; token: string; oldEndsAt?: Date }) {
  const t = useTranslations("tickets.tokens");
  const locale = useLocale();
  return (
    <Banner tone="warn" title={t(oldEndsAt ? "rotated" : "created", { name })}>
      <p>{t("once")}</p>
      {oldEndsAt && <p>{t("oldUntil", { at: formatDateTime(oldEndsAt, locale) })}</p>}
      <CopyLine text={token} label={t("token")} />
    </Banner>
  );
}
