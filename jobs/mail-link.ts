import { readSignInMail, recordSignInMailed } from "@/domain/access/sign-in-mail";
import { readContactMail } from "@/domain/accounts/contact-mail";
import { readInvitationMail } from "@/domain/accounts/invitations";
import type { BroadcastKind } from "@/db/vocabulary/broadcasts";
import type { Locale } from "@/db/vocabulary/languages";
import { readFacts } from "@/domain/broadcasts/facts";
import { readTestPeople } from "@/domain/broadcasts/test-mail";
import { asJob } from "@/domain/context";
import { readSubscriptionMail } from "@/domain/subscriptions/ask";
import {
  type Mail,
  renderContactMail,
  renderInvitationMail,
  renderSignInMail,
  renderSubscriptionMail,
  renderTestMail,
} from "@/emails/render";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { sendOne } from "@/lib/mailer";

import { sender } from "./sender";

/** Mails the link and the code; nobody is signed in whose address is unknown. @throws to be tried again */
export async function mailSignIn(now: Date, requestId: string): Promise<void> {
  const ctx = asJob("mail-sign-in", now);
  const request = await readSignInMail(ctx, { requestId });
  if (!request) return;
  const { email, purpose, locale, token, code, returnPath } = request;
  const from = await sender(ctx, locale);
  const link =
    from.origin + withLanguage(locale, at("/sign-in/confirm", { request: requestId, token }));
  const mail = await renderSignInMail({ ...from, purpose, link, code, returnPath });
  const isAccepted = await send(email, { mail, key: `sign-in/${requestId}` });
  if (isAccepted) await recordSignInMailed(ctx, { requestId });
}

/** Mails the link that confirms a contact; nothing once it is confirmed or removed. @throws to be tried again */
export async function mailContact(now: Date, confirmationId: string): Promise<void> {
  const ctx = asJob("mail-contact", now);
  const request = await readContactMail(ctx, { confirmationId });
  if (!request) return;
  const { email, locale, token, kind, expiresAt, accountName, uin, addedBy } = request;
  const from = await sender(ctx, locale);
  const link =
    from.origin + withLanguage(locale, at("/contacts/confirm", { mail: confirmationId, token }));
  const mail = await renderContactMail({
    ...{ ...from, link, accountName, uin, addedBy },
    contactKind: kind,
    expiresAt: expiresAt.toISOString(),
  });
  await send(email, { mail, key: `contact/${confirmationId}` });
}

/** Mails the link that confirms a subscription; nothing once it is used or too old. @throws to be tried again */
export async function mailSubscription(now: Date, requestId: string): Promise<void> {
  const ctx = asJob("mail-subscription", now);
  const request = await readSubscriptionMail(ctx, { requestId });
  if (!request) return;
  const { email, locale, token, chosen, expiresAt } = request;
  const from = await sender(ctx, locale);
  const link =
    from.origin + withLanguage(locale, at("/subscriptions/confirm", { request: requestId, token }));
  const mail = await renderSubscriptionMail({
    ...{ ...from, link, chosen },
    expiresAt: expiresAt.toISOString(),
  });
  await send(email, { mail, key: `subscription/${requestId}` });
}

/** Mails an invitation; nothing once it stands no more. `mail` tells one mail of it from the next. @throws to be tried again */
export async function mailInvitation(
  now: Date,
  { invitationId, mail: number }: { invitationId: string; mail: string },
): Promise<void> {
  const ctx = asJob("mail-invitation", now);
  const request = await readInvitationMail(ctx, { invitationId });
  if (!request) return;
  const { email, locale, role, keeps, expiresAt, accountName, uin, invitedBy } = request;
  const from = await sender(ctx, locale);
  const mail = await renderInvitationMail({
    ...{ ...from, accountName, uin, invitedBy, role },
    isHandOver: keeps !== null,
    link: from.origin + withLanguage(locale, "/invitations"),
    expiresAt: expiresAt.toISOString(),
  });
  await send(email, { mail, key: `invitation/${invitationId}/${number}` });
}

type Test = { id: string; userId: string; byId: string; locale: Locale } & {
  kind: BroadcastKind;
  /** As JSON. */
  facts: string;
};

/** Mails what a draft said when its test was asked for; nothing to who may not read drafts any more. @throws to be tried again */
export async function mailTest(now: Date, test: Test): Promise<void> {
  const { id, userId, byId, locale, kind, facts } = test;
  const ctx = asJob("mail-test", now);
  const people = await readTestPeople(ctx, { userId, byId });
  if (!people) return;
  const mail = await renderTestMail({
    told: readFacts(kind, JSON.parse(facts)),
    sender: { ...(await sender(ctx, locale)), test: { by: people.by } },
    reader: people.name,
  });
  await send(people.email, { mail, key: `test/${id}` });
}

/** @returns whether the provider took it @throws where another attempt may help */
async function send(to: string, { mail, key }: { mail: Mail; key: string }): Promise<boolean> {
  const outcome = await sendOne({ mail: { from: env().MAIL_FROM, to, ...mail }, key });
  if (outcome.kind === "retry" || outcome.kind === "halt") throw new Error(outcome.reason);
  return outcome.kind === "accepted";
}
