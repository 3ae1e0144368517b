import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { ListedToken } from "@/domain/tickets/list-tokens";

const TOKEN_TONES: Record<ListedToken["state"], StatusTone> = {
  active: "ok",
  replaced: "warn",
  expired: "off",
  revoked: "off",
};

export function TokenStatus({ state }: Pick<ListedToken, "state">) {
  const t = useTranslations("tickets.tokens");
  return <Status tone={TOKEN_TONES[state]}>{t(`states.${state}`)}</Status>;
}

/** Whether the customer has opened a ticket's link, and when first. */
export function LinkStatus({ openedAt }: { openedAt: Date | null }) {
  const t = useTranslations("tickets.links");
  if (!openedAt) return <Status tone="info">{t("unopened")}</Status>;
  return (
    <Status tone="ok">
      <Time at={openedAt} form="table" />
    </Status>
  );
}
