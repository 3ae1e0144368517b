import { useTranslations } from "next-intl";

import { Chip, type ChipTone } from "@/components/ui/chip";
import { Status, StatusShape, type StatusTone } from "@/components/ui/status";
import type { ContactKind } from "@/db/vocabulary/accounts";
import type { PreviewRow } from "@/domain/accounts/import-preview";
import { formatTableDate } from "@/lib/format";

/** Of an account, an app, a membership. */
const ENDED_TONES = { open: "ok", closed: "off" } as const;

const CONTACT_TONES = {
  verified: "ok",
  waiting: "run",
  expired: "warn",
  suppressed: "danger",
} satisfies Record<string, StatusTone>;

/** While nobody of the kind has confirmed: security mails are the ones that must not wait. */
const STAND_IN_TONES: Record<ContactKind, StatusTone> = {
  security: "warn",
  legal: "info",
  technical: "info",
};

const IMPORT_TONES: Record<PreviewRow["state"], ChipTone> = {
  added: "info",
  changed: "warn",
  unchanged: "warn",
};

export function AccountStatus({ closedAt }: { closedAt: Date | null }) {
  const t = useTranslations("accounts.list");
  const state = closedAt ? "closed" : "open";
  return <Status tone={ENDED_TONES[state]}>{t(state)}</Status>;
}

export function AppStatus({ closedAt }: { closedAt: Date | null }) {
  const t = useTranslations("accounts.detail");
  if (!closedAt) return <Status tone={ENDED_TONES.open}>{t("open")}</Status>;
  return (
    <Status tone={ENDED_TONES.closed}>{t("closed", { date: formatTableDate(closedAt) })}</Status>
  );
}

export function LeftStatus({ at }: { at: Date }) {
  const t = useTranslations("accounts.detail");
  return <Status tone={ENDED_TONES.closed}>{t("left", { date: formatTableDate(at) })}</Status>;
}

export function ContactStatus({ state }: { state: keyof typeof CONTACT_TONES }) {
  const t = useTranslations("contacts");
  return <Status tone={CONTACT_TONES[state]}>{t(`status.${state}`)}</Status>;
}

export const StandInShape = ({ kind }: { kind: ContactKind }) => (
  <StatusShape tone={STAND_IN_TONES[kind]} className="mt-1.5" />
);

export function ImportChip({ state }: Pick<PreviewRow, "state">) {
  const t = useTranslations("accounts.import");
  return <Chip tone={IMPORT_TONES[state]}>{t(`states.${state}`)}</Chip>;
}
