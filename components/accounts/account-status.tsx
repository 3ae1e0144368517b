import { useTranslations } from "next-intl";

import { Chip, type ChipTone } from "@/components/ui/chip";
import { Status, StatusShape, type StatusTone } from "@/components/ui/status";
import type { ContactKind, DeclarationTopic, SyncState } from "@/db/vocabulary/accounts";
import type { Declared } from "@/domain/accounts/declarations";
import type { PreviewRow } from "@/domain/accounts/import-preview";
import { shortOf } from "@/domain/accounts/rules";
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

/** Whether a topic applies to an app; `short` where it applies and something it asks for is not there. */
const DECLARATION_TONES = {
  none: "off",
  no: "ok",
  yes: "info",
  short: "warn",
} satisfies Record<string, StatusTone>;
const WORDS = { none: "none", no: "no", yes: "yes", short: "yes" } as const;

const IMPORT_TONES: Record<PreviewRow["state"], ChipTone> = {
  added: "info",
  changed: "warn",
  unchanged: "warn",
};

/** Of a bulk of the vendor's console; where any line is wrong, none of it stands. */
const SYNC_TONES: Record<SyncState, StatusTone> = {
  ...{ receiving: "run", waiting: "info", running: "run" },
  ...{ done: "ok", checked: "ok", refused: "danger", broken: "danger" },
};

export function SyncStatus({ state }: { state: SyncState }) {
  const t = useTranslations("accounts.syncs");
  return <Status tone={SYNC_TONES[state]}>{t(`state.${state}`)}</Status>;
}

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

type Told = Pick<Declared, "applies" | "answer">;
type DeclarationProps = { topic: DeclarationTopic; declared: Told | null };

/** What follows from a declaration, in two words; without one, that there is none. */
export function DeclarationStatus({ topic, declared }: DeclarationProps) {
  const t = useTranslations("accounts.declarations.result");
  const word = wordOf(declared);
  return <Status tone={DECLARATION_TONES[word]}>{t(`${topic}.${WORDS[word]}`)}</Status>;
}

function wordOf(declared: Told | null) {
  if (!declared) return "none";
  if (!declared.applies) return "no";
  return shortOf(declared.answer).length > 0 ? "short" : "yes";
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
