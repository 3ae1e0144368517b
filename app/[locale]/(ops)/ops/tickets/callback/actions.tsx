"use server";

import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { CopyLine } from "@/components/ui/copy-button";
import { changeCallbackSecret } from "@/domain/endpoints/change-secret";
import { nameTicketSystem } from "@/domain/endpoints/name-ticket-system";
import { removeTicketSystem } from "@/domain/endpoints/remove";
import { replayCallback } from "@/domain/endpoints/replay";
import { testCallback } from "@/domain/endpoints/test";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const nameAction = formAction(async (ctx, form) => {
  const { secret } = await nameTicketSystem(ctx, readForm(form, nameTicketSystem.input));
  if (secret === null) return { messageKey: "tickets.callback.saved" };
  return { shown: <NewSecret secret={secret} /> };
});

export const changeSecretAction = formAction(async (ctx) => {
  const secret = await changeCallbackSecret(ctx, {});
  return { shown: <NewSecret secret={secret} isExchanged /> };
});

export const testAction = formAction(async (ctx) => {
  await testCallback(ctx, {});
  return { messageKey: "endpoints.saved.tested" };
});

export const replayAction = formAction(async (ctx, form) => {
  await replayCallback(ctx, readForm(form, replayCallback.input));
  return { messageKey: "endpoints.saved.replayed" };
});

export const removeAction = formAction(async (ctx) => {
  await removeTicketSystem(ctx, {});
  return { to: at("/ops/tickets/callback", { saved: "removed" }) };
});

/** The secret in full, this once. */
function NewSecret({ secret, isExchanged = false }: { secret: string; isExchanged?: boolean }) {
  const t = useTranslations("tickets.callback");
  return (
    <Banner tone="warn" title={t(isExchanged ? "exchanged" : "named")}>
      <p>{t("once")}</p>
      {isExchanged && <p>{t("both")}</p>}
      <CopyLine text={secret} label={t("secret")} />
    </Banner>
  );
}
