import { useLocale, useTranslations } from "next-intl";

import { ActionabilityChip } from "@/components/incidents/incident-status";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { CheckpointFacts } from "@/domain/broadcasts/checkpoint-facts";
import type {
  AccessUpdateFacts,
  AnnouncementFacts,
  AskMessageFacts,
  BulletinFacts,
  DeregistrationUpdateFacts,
  DigestFacts,
  NoticeLookFacts,
  ContactsCheckFacts,
  OwnPolicyReminderFacts,
  RequestUpdateFacts,
  SecurityAlarmFacts,
  Told,
  WaveStoppedFacts,
} from "@/domain/broadcasts/facts";
import type { Address } from "@/lib/addresses";
import { accessUpdateWords } from "@/wording/access-update";
import { askMessageWords } from "@/wording/ask-message";
import { bulletinWords } from "@/wording/bulletin";
import { checkpointWords } from "@/wording/checkpoint";
import { deregistrationWords } from "@/wording/deregistration-update";
import { digestEntries } from "@/wording/digest";
import { announcementText } from "@/wording/incident-notice";
import { noticeLookWords } from "@/wording/notice-look";
import { contactsCheckWords } from "@/wording/contacts-check";
import { ownPolicyReminderWords } from "@/wording/own-policy-reminder";
import { requestWords } from "@/wording/request-update";
import { securityAlarmWords } from "@/wording/security-alarm";
import { waveStoppedWords } from "@/wording/wave-stopped";

import { BroadcastFacts, type TextFact } from "./broadcast-facts";
import { IncidentBody, Said } from "./incident-body";
import { PolicyBody } from "./policy-body";
import { ReceiptBody } from "./receipt-body";
import { WithdrawalBody } from "./withdrawal-body";

type Props = {
  told: Told;
  /** The reader's own apps that an incident affects. */
  apps?: readonly { name: string; sdkAppId: string }[];
  /** Where the announcement stands that this one follows, for this reader. */
  original?: Address | null;
};

/** An in-site message: the same sentences as its mail. The page around it shows the title. */
export function BroadcastBody({ told, apps, original = null }: Props) {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return <PolicyBody told={told} />;
    case "acknowledgement_receipt":
      return <ReceiptBody facts={told.facts} />;
    case "request_update":
      return <RequestBody facts={told.facts} />;
    case "incident_notice":
      return <IncidentBody facts={told.facts} apps={apps} />;
    case "announcement":
      return <AnnouncementBody facts={told.facts} original={original} />;
    case "deregistration_update":
      return <DeregistrationBody facts={told.facts} />;
    case "withdrawal":
      return <WithdrawalBody facts={told.facts} />;
    case "security_alarm":
      return <AlarmBody facts={told.facts} />;
    case "access_update":
      return <AccessBody facts={told.facts} />;
    case "ask_message":
      return <AskMessageBody facts={told.facts} />;
    case "own_policy_reminder":
      return <OwnPolicyBody facts={told.facts} />;
    case "contacts_check":
      return <ContactsBody facts={told.facts} />;
    case "notice_look":
      return <LookBody facts={told.facts} />;
    case "wave_stopped":
      return <WaveBody facts={told.facts} />;
    case "checkpoint":
      return <CheckpointBody facts={told.facts} />;
    case "bulletin":
      return <BulletinBody facts={told.facts} />;
    case "digest":
      return <DigestBody facts={told.facts} />;
  }
}

/** What one mail told together; as messages the reader has each apart. */
const DigestBody = ({ facts }: { facts: DigestFacts }) => (
  <ul className="max-w-measure grid gap-2">
    {digestEntries(facts, useLocale()).map(({ kind, title, href }, index) => (
      <li key={index}>
        {kind} · <Link href={href}>{title}</Link>
      </li>
    ))}
  </ul>
);

type AnnouncementProps = { facts: AnnouncementFacts; original: Address | null };

/** An announcement: what the reader has to do, its text, and the way to the one that it follows. */
function AnnouncementBody({ facts, original }: AnnouncementProps) {
  const t = useTranslations("notices.follow.banner");
  return (
    <div className="max-w-measure">
      <p className="mb-3">
        <ActionabilityChip value={facts.actionability} />
      </p>
      <Said text={announcementText(facts, useLocale())} />
      {original && (
        <Buttons className="mt-6">
          <ButtonLink href={original}>{t("original")}</ButtonLink>
        </Buttons>
      )}
    </div>
  );
}

type StepProps = {
  words: { lead: string; facts: readonly TextFact[]; action: { href: Address; label: string } };
  heading: string;
  /** What comes after it. */
  next?: string | false;
};

/** A step of a request or a deregistration; the rest stands on its page. */
function StepBody({ words: { lead, facts, action }, heading, next }: StepProps) {
  return (
    <div className="max-w-measure">
      <p className="text-body">{lead}</p>
      {next && <p className="text-body mt-2">{next}</p>}
      <Section title={heading}>
        <BroadcastFacts facts={facts} />
      </Section>
      <Buttons className="mt-6">
        <ButtonLink href={action.href}>{action.label}</ButtonLink>
      </Buttons>
    </div>
  );
}

function RequestBody({ facts }: { facts: RequestUpdateFacts }) {
  const t = useTranslations("broadcasts.request.facts");
  return <StepBody words={requestWords(facts, useLocale())} heading={t("heading")} />;
}

function DeregistrationBody({ facts }: { facts: DeregistrationUpdateFacts }) {
  const t = useTranslations("deregistrations");
  const words = deregistrationWords(facts, useLocale());
  return (
    <StepBody words={words} heading={t("kind")} next={facts.event !== "completed" && words.next} />
  );
}

function AlarmBody({ facts }: { facts: SecurityAlarmFacts }) {
  return <ActBody words={securityAlarmWords(facts, useLocale())} />;
}

function AccessBody({ facts }: { facts: AccessUpdateFacts }) {
  return <ActBody words={accessUpdateWords(facts, useLocale())} />;
}

function AskMessageBody({ facts }: { facts: AskMessageFacts }) {
  return <ActBody words={askMessageWords(facts, useLocale())} />;
}

function OwnPolicyBody({ facts }: { facts: OwnPolicyReminderFacts }) {
  return <ActBody words={ownPolicyReminderWords(facts, useLocale())} />;
}

function ContactsBody({ facts }: { facts: ContactsCheckFacts }) {
  return <ActBody words={contactsCheckWords(facts, useLocale())} />;
}

function LookBody({ facts }: { facts: NoticeLookFacts }) {
  return <ActBody words={noticeLookWords(facts, useLocale())} />;
}

function WaveBody({ facts }: { facts: WaveStoppedFacts }) {
  return <ActBody words={waveStoppedWords(facts, useLocale())} />;
}

function CheckpointBody({ facts }: { facts: CheckpointFacts }) {
  const { lead, next } = checkpointWords(facts, { locale: useLocale(), origin: "" });
  return <ActBody words={{ lead, next, action: null }} />;
}

/** What was told to others, told on to somebody whose request it concerns (P53). */
function BulletinBody({ facts }: { facts: BulletinFacts }) {
  const { why, parts, facts: rows, action } = bulletinWords(facts, useLocale());
  return (
    <div className="max-w-measure">
      <p className="text-body">{why}</p>
      {parts.map(({ heading, text }) => (
        <Section key={heading} title={heading}>
          <Said text={text} />
        </Section>
      ))}
      {rows.length > 0 && <BroadcastFacts facts={rows} />}
      {action && (
        <Buttons className="mt-6">
          <ButtonLink href={action.href}>{action.label}</ButtonLink>
        </Buttons>
      )}
    </div>
  );
}

type ActProps = {
  words: { lead: string; next: string; action: { href: Address; label: string } | null };
};

/** What happened, what to do about it, and where. */
function ActBody({ words: { lead, next, action } }: ActProps) {
  return (
    <div className="max-w-measure">
      <p className="text-body">{lead}</p>
      <p className="text-body mt-2">{next}</p>
      {action && (
        <Buttons className="mt-6">
          <ButtonLink href={action.href}>{action.label}</ButtonLink>
        </Buttons>
      )}
    </div>
  );
}
