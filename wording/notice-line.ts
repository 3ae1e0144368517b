import type { Locale } from "@/db/vocabulary/languages";
import type { DigestFacts, PolicyChangeFacts, Told } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { translator } from "@/messages/translator";

import { accessUpdateHref, accessUpdateTitle } from "./access-update";
import { receiptHref, receiptTitle } from "./acknowledgement-receipt";
import { askMessageHref, askMessageTitle } from "./ask-message";
import { bulletinHref, bulletinKind } from "./bulletin";
import { checkpointTitle } from "./checkpoint";
import { contactsCheckHref, contactsCheckTitle } from "./contacts-check";
import { deregistrationHref, deregistrationTitle } from "./deregistration-update";
import {
  announcementKind,
  announcementTitle,
  incidentHref,
  incidentKind,
  incidentTitle,
} from "./incident-notice";
import { noticeLookHref, noticeLookTitle } from "./notice-look";
import { ownPolicyReminderHref, ownPolicyReminderTitle } from "./own-policy-reminder";
import { policyKind, policyTitle, versionHref } from "./policy-change";
import { requestHref, requestTitle } from "./request-update";
import { securityAlarmHref, securityAlarmKind, securityAlarmTitle } from "./security-alarm";
import { waveStoppedHref, waveStoppedTitle } from "./wave-stopped";
import { withdrawalTitle, withdrawnHref } from "./withdrawal";

/** What a notice tells, in one line: of a list, a page's title, a post. */
export function noticeTitle(told: Told, locale: Locale): string {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return policyTitle(told, locale);
    case "acknowledgement_receipt":
      return receiptTitle(told.facts, locale);
    case "request_update":
      return requestTitle(told.facts, locale);
    case "incident_notice":
      return incidentTitle(told.facts, locale);
    case "announcement":
      return announcementTitle(told.facts, locale);
    case "deregistration_update":
      return deregistrationTitle(told.facts, locale);
    case "withdrawal":
      return withdrawalTitle(told.facts, locale);
    case "security_alarm":
      return securityAlarmTitle(told.facts, locale);
    case "access_update":
      return accessUpdateTitle(told.facts, locale);
    case "ask_message":
      return askMessageTitle(told.facts, locale);
    case "own_policy_reminder":
      return ownPolicyReminderTitle(told.facts, locale);
    case "contacts_check":
      return contactsCheckTitle(told.facts, locale);
    case "notice_look":
      return noticeLookTitle(told.facts, locale);
    case "wave_stopped":
      return waveStoppedTitle(told.facts, locale);
    case "checkpoint":
      return checkpointTitle(told.facts, locale);
    case "bulletin":
      return noticeTitle(told.facts.told, locale);
    case "digest":
      return digestTitle(told.facts, locale);
  }
}

/** The kind of a notice: "政策变更", "答复回执"; what it weighs is told by `Gravity`. */
export function noticeKind(told: Told, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return policyKind(told, locale);
    case "acknowledgement_receipt":
      return t("kind.receipt");
    case "request_update":
      return t("kind.request");
    case "incident_notice":
      return incidentKind(told.facts, locale);
    case "announcement":
      return announcementKind(told.facts, locale);
    case "deregistration_update":
      return translator(locale, "deregistrations")("kind");
    case "withdrawal":
      return translator(locale, "withdrawals")("kind");
    case "security_alarm":
      return securityAlarmKind(told.facts, locale);
    case "access_update":
      return translator(locale, "access")("update.kind");
    case "ask_message":
      return t("askMessage.kind");
    case "own_policy_reminder":
      return t("ownPolicy.kind");
    case "contacts_check":
      return translator(locale, "contacts")("check.kind");
    case "notice_look":
      return t("look.kind");
    case "wave_stopped":
      return t("waveStopped.kind");
    case "checkpoint":
      return translator(locale, "verify")("checkpointMail.kind");
    case "bulletin":
      return translator(locale, "subscriptions")("bulletin.kind", {
        kind: bulletinKind(told.facts, locale),
      });
    case "digest":
      return t("digest.kind");
  }
}

/** Where a notice leads a developer: to act on a major change, else to read. */
export function noticeHref(told: Told): Address {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return policyHref(told.facts);
    case "acknowledgement_receipt":
      return receiptHref(told.facts);
    case "request_update":
      return requestHref(told.facts);
    case "incident_notice":
      return incidentHref(told.facts);
    case "announcement":
      return "/announcements";
    case "deregistration_update":
      return deregistrationHref(told.facts);
    case "withdrawal":
      return withdrawnHref(told.facts);
    case "security_alarm":
      return securityAlarmHref(told.facts);
    case "access_update":
      return accessUpdateHref(told.facts);
    case "ask_message":
      return askMessageHref(told.facts);
    case "own_policy_reminder":
      return ownPolicyReminderHref();
    case "contacts_check":
      return contactsCheckHref(told.facts);
    case "notice_look":
      return noticeLookHref(told.facts);
    case "wave_stopped":
      return waveStoppedHref(told.facts);
    case "checkpoint":
      return "/verify";
    case "bulletin":
      return bulletinHref(told.facts);
    case "digest":
      return "/inbox";
  }
}

const policyHref = (facts: PolicyChangeFacts): Address =>
  facts.isMajor ? at("/acknowledgements/*", facts.versionId) : versionHref(facts);

const digestTitle = ({ day, items }: DigestFacts, locale: Locale): string =>
  translator(locale, "broadcasts")("digest.title", {
    day: formatDate(shanghaiMidnight(day), locale),
    count: items.length,
  });
