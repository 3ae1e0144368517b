"use server";

import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { CopyLine } from "@/components/ui/copy-button";
import { createToken } from "@/domain/tickets/create-token";
import { revokeToken } from "@/domain/tickets/revoke-token";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const createTokenAction = formAction(async (ctx, form) => {
  const { name, token } = await createToken(ctx, readForm(form, createToken.input));
  return { shown: <NewToken name={name} token={token} /> };
});

export const revokeTokenAction = formAction(async (ctx, form) => {
  await revokeToken(ctx, readForm(form, revokeToken.input));
  return { messageKey: "tickets.browser.revoked" };
});

/** A token in full, this once. */
function NewToken({ name, token }: { name: string; token: string }) {
  const t = useTranslations("tickets.tokens");
  return (
    <Banner tone="warn" title={t("created", { name })}>
      <p>{t("once")}</p>
      <CopyLine text={token} label={t("token")} />
    </Banner>
  );
}
