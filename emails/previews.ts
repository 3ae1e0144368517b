import type { ReactElement } from "react";

import { ACCESS_UPDATES, MEMBER_ROLES } from "@/db/vocabulary/access";
import { CONTACT_KINDS } from "@/db/vocabulary/accounts";
import { CHECKPOINT_PACES } from "@/db/vocabulary/evidence";
import type { Locale } from "@/db/vocabulary/languages";
import { ASK_SIDES } from "@/db/vocabulary/policies";
import { REQUEST_UPDATES } from "@/db/vocabulary/requests";
import { ALARM_PATTERNS } from "@/db/vocabulary/security";
import { DEREGISTRATION_EVENTS, type DeregistrationEvent } from "@/db/vocabulary/deregistrations";
import type { WithdrawalFacts } from "@/domain/broadcasts/facts";

import AccessUpdate from "./access-update";
import AskMessage from "./ask-message";
import AcknowledgementReceipt from "./acknowledgement-receipt";
import Announcement from "./announcement";
import Checkpoint from "./checkpoint";
import { CATALOGUE, type TemplateName } from "./catalogue";
import { sampleAccess } from "./_components/samples";
import ContactConfirmation from "./contact-confirmation";
import DeregistrationUpdate from "./deregistration-update";
import IncidentNotice from "./incident-notice";
import MemberInvitation from "./member-invitation";
import { noticePreviews } from "./notice-previews";
import { policyPreviews } from "./policy-previews";
import RequestUpdate from "./request-update";
import SignInLink from "./sign-in-link";
import SecurityAlarm from "./security-alarm";
import { subscriptionPreviews } from "./subscription-previews";
import Withdrawal from "./withdrawal";

export type Preview = {
  name: string;
  template: TemplateName;
  mail: (locale: Locale) => { subject: string; element: ReactElement };
};

const VENDORS: Record<Locale, string> = { "zh-CN": "云桥科技", en: "Yunqiao Technology" };
const spoken = (locale: Locale) => ({ locale, vendor: VENDORS[locale] });
const incident = IncidentNotice.PreviewProps;
const receipt = AcknowledgementReceipt.PreviewProps;
/** Whatever can be taken back. */
const WITHDRAWN: WithdrawalFacts["what"][] = [
  Withdrawal.PreviewProps.facts.what,
  {
    kind: "announcement",
    noticeId: Announcement.PreviewProps.facts.noticeId,
    title: Announcement.PreviewProps.facts.title,
  },
  {
    kind: "incident",
    incidentId: incident.facts.incidentId,
    incidentNumber: incident.facts.incidentNumber,
    title: incident.facts.title,
    visibility: incident.facts.visibility,
  },
];

const deregistration = (event: DeregistrationEvent, locale: Locale) => ({
  ...DeregistrationUpdate.PreviewProps,
  ...spoken(locale),
  facts: {
    ...DeregistrationUpdate.PreviewProps.facts,
    event,
    reason: event === "paused" ? "正在核对账单，预计两天。" : null,
    certificate: event === "completed" ? DeregistrationUpdate.PreviewProps.facts.certificate : null,
  },
});

const { number, type, dueDate } = RequestUpdate.PreviewProps.facts;
const WAITING = { count: 1, nearest: [{ number, type, dueDate, isDueProvisional: false }] };

/** Every template with its PreviewProps, and the variants whose words or parts differ. */
export const PREVIEWS: Preview[] = [
  ...policyPreviews(spoken),
  {
    name: "acknowledgement-receipt",
    template: "acknowledgement-receipt",
    mail: (locale) => CATALOGUE["acknowledgement-receipt"]({ ...receipt, ...spoken(locale) }),
  },
  {
    name: "acknowledgement-receipt-disagreed",
    template: "acknowledgement-receipt",
    mail: (locale) =>
      CATALOGUE["acknowledgement-receipt"]({
        ...receipt,
        ...spoken(locale),
        facts: {
          ...receipt.facts,
          answer: "disagreed",
          reason: "我们的应用面向儿童，\n目前不能使用厂商推送通道。",
          statement:
            "我有权代表“青禾网络”，不同意《即时通信 SDK 隐私保护指引》3.2 版，并将在其生效前停止接入和使用相关服务。",
        },
      }),
  },
  ...noticePreviews(spoken),
  {
    name: "announcement",
    template: "announcement",
    mail: (locale) => CATALOGUE.announcement({ ...Announcement.PreviewProps, ...spoken(locale) }),
  },
  ...WITHDRAWN.map((what) => ({
    name: `withdrawal-${what.kind}`,
    template: "withdrawal" as const,
    mail: (locale: Locale) =>
      CATALOGUE.withdrawal({
        ...Withdrawal.PreviewProps,
        ...spoken(locale),
        facts: { ...Withdrawal.PreviewProps.facts, what },
      }),
  })),
  ...ALARM_PATTERNS.map((pattern) => ({
    name: `security-alarm-${pattern.replaceAll("_", "-")}`,
    template: "security-alarm" as const,
    mail: (locale: Locale) =>
      CATALOGUE["security-alarm"]({
        ...SecurityAlarm.PreviewProps,
        ...spoken(locale),
        facts: { ...SecurityAlarm.PreviewProps.facts, pattern },
      }),
  })),
  ...ACCESS_UPDATES.map((event) => ({
    name: `access-update-${event.replaceAll("_", "-")}`,
    template: "access-update" as const,
    mail: (locale: Locale) =>
      CATALOGUE["access-update"]({
        ...AccessUpdate.PreviewProps,
        ...spoken(locale),
        facts: sampleAccess(event),
      }),
  })),
  ...ASK_SIDES.map((side) => ({
    name: `ask-message-${side}`,
    template: "ask-message" as const,
    mail: (locale: Locale) =>
      CATALOGUE["ask-message"]({
        ...AskMessage.PreviewProps,
        ...spoken(locale),
        facts: { ...AskMessage.PreviewProps.facts, side },
      }),
  })),
  ...([...CHECKPOINT_PACES, "first"] as const).map((which) => ({
    name: `checkpoint-${which}`,
    template: "checkpoint" as const,
    mail: (locale: Locale) =>
      CATALOGUE.checkpoint({
        ...Checkpoint.PreviewProps,
        ...spoken(locale),
        facts: {
          ...Checkpoint.PreviewProps.facts,
          ...(which === "first" ? { earlier: null } : { pace: which }),
        },
      }),
  })),
  ...REQUEST_UPDATES.map((event) => ({
    name: `request-update-${event.replace("_", "-")}`,
    template: "request-update" as const,
    mail: (locale: Locale) =>
      CATALOGUE["request-update"]({
        ...RequestUpdate.PreviewProps,
        ...spoken(locale),
        facts: {
          ...RequestUpdate.PreviewProps.facts,
          event,
          isDueProvisional: event === "due_changed",
          ...((event === "handler_digest" || event === "handler_daily") && { waiting: WAITING }),
        },
      }),
  })),
  ...CONTACT_KINDS.map((contactKind) => ({
    name: `contact-confirmation-${contactKind}`,
    template: "contact-confirmation" as const,
    mail: (locale: Locale) =>
      CATALOGUE["contact-confirmation"]({
        ...ContactConfirmation.PreviewProps,
        ...spoken(locale),
        contactKind,
        link: ContactConfirmation.PreviewProps.link.replace("/zh-CN/", `/${locale}/`),
      }),
  })),
  ...[...MEMBER_ROLES, "handOver" as const].map((role) => ({
    name: `member-invitation-${role === "handOver" ? "hand-over" : role}`,
    template: "member-invitation" as const,
    mail: (locale: Locale) =>
      CATALOGUE["member-invitation"]({
        ...MemberInvitation.PreviewProps,
        ...spoken(locale),
        role: role === "handOver" ? "owner" : role,
        isHandOver: role === "handOver",
        link: MemberInvitation.PreviewProps.link.replace("/zh-CN/", `/${locale}/`),
      }),
  })),
  ...DEREGISTRATION_EVENTS.map((event) => ({
    name: `deregistration-update-${event}`,
    template: "deregistration-update" as const,
    mail: (locale: Locale) => CATALOGUE["deregistration-update"](deregistration(event, locale)),
  })),
  {
    name: "deregistration-update-second-owner",
    template: "deregistration-update",
    mail: (locale) => {
      const props = deregistration("requested", locale);
      return CATALOGUE["deregistration-update"]({
        ...props,
        facts: { ...props.facts, executeAfter: null },
      });
    },
  },
  ...subscriptionPreviews(spoken),
  {
    name: "sign-in-link",
    template: "sign-in-link",
    mail: (locale) =>
      CATALOGUE["sign-in-link"]({
        ...SignInLink.PreviewProps,
        ...spoken(locale),
        link: SignInLink.PreviewProps.link.replace("/zh-CN/", `/${locale}/`),
      }),
  },
  {
    name: "prove-address",
    template: "sign-in-link",
    mail: (locale) =>
      CATALOGUE["sign-in-link"]({
        ...SignInLink.PreviewProps,
        ...spoken(locale),
        purpose: "prove_address",
        returnPath: "/zh-CN/requests/new",
        link: SignInLink.PreviewProps.link.replace("/zh-CN/", `/${locale}/`),
      }),
  },
];
