import { type ComponentType, createElement, type ReactElement } from "react";

import AccessUpdate, { accessUpdateSubject } from "./access-update";
import AcknowledgementReceipt, { receiptSubject } from "./acknowledgement-receipt";
import AcknowledgementReminder, { reminderSubject } from "./acknowledgement-reminder";
import Announcement, { announcementSubject } from "./announcement";
import AskMessage, { askMessageSubject } from "./ask-message";
import Bulletin, { bulletinSubject } from "./bulletin";
import Checkpoint, { checkpointSubject } from "./checkpoint";
import ContactsCheck, { contactsCheckSubject } from "./contacts-check";
import ContactConfirmation, { contactConfirmationSubject } from "./contact-confirmation";
import DeregistrationUpdate, { deregistrationUpdateSubject } from "./deregistration-update";
import Digest, { digestSubject } from "./digest";
import IncidentNotice, { incidentNoticeSubject } from "./incident-notice";
import MemberInvitation, { memberInvitationSubject } from "./member-invitation";
import NoticeLook, { noticeLookSubject } from "./notice-look";
import OwnPolicyReminder, { ownPolicyReminderSubject } from "./own-policy-reminder";
import PolicyChange, { policyChangeSubject } from "./policy-change";
import RequestUpdate, { requestUpdateSubject } from "./request-update";
import SecurityAlarm, { securityAlarmSubject } from "./security-alarm";
import SignInLink, { signInSubject } from "./sign-in-link";
import SubscriptionConfirmation, { subscriptionSubject } from "./subscription-confirmation";
import WaveStopped, { waveStoppedSubject } from "./wave-stopped";
import Withdrawal, { withdrawalSubject } from "./withdrawal";

/** Every mail the product sends, by its template's file: props in, subject and element out. */
export const CATALOGUE = {
  "policy-change": template(PolicyChange, policyChangeSubject),
  "acknowledgement-reminder": template(AcknowledgementReminder, reminderSubject),
  "acknowledgement-receipt": template(AcknowledgementReceipt, receiptSubject),
  "incident-notice": template(IncidentNotice, incidentNoticeSubject),
  announcement: template(Announcement, announcementSubject),
  "request-update": template(RequestUpdate, requestUpdateSubject),
  "contact-confirmation": template(ContactConfirmation, contactConfirmationSubject),
  "member-invitation": template(MemberInvitation, memberInvitationSubject),
  "deregistration-update": template(DeregistrationUpdate, deregistrationUpdateSubject),
  withdrawal: template(Withdrawal, withdrawalSubject),
  "security-alarm": template(SecurityAlarm, securityAlarmSubject),
  "access-update": template(AccessUpdate, accessUpdateSubject),
  "contacts-check": template(ContactsCheck, contactsCheckSubject),
  "own-policy-reminder": template(OwnPolicyReminder, ownPolicyReminderSubject),
  "ask-message": template(AskMessage, askMessageSubject),
  "notice-look": template(NoticeLook, noticeLookSubject),
  "wave-stopped": template(WaveStopped, waveStoppedSubject),
  bulletin: template(Bulletin, bulletinSubject),
  checkpoint: template(Checkpoint, checkpointSubject),
  digest: template(Digest, digestSubject),
  "subscription-confirmation": template(SubscriptionConfirmation, subscriptionSubject),
  "sign-in-link": template(SignInLink, signInSubject),
};

export type TemplateName = keyof typeof CATALOGUE;
export type PropsOf<Name extends TemplateName> = Parameters<(typeof CATALOGUE)[Name]>[0];

function template<Props extends object>(
  Template: ComponentType<Props>,
  subject: (props: Props) => string,
): (props: Props) => { subject: string; element: ReactElement } {
  return (props) => ({ subject: subject(props), element: createElement(Template, props) });
}
