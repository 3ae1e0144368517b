import { readContactMail } from "@/domain/accounts/contact-mail";
import { asJob } from "@/domain/context";
import { renderContactMail } from "@/emails/render";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { sendOne } from "@/lib/mailer";

import { sender } from "./sender";

/** Mails the link that confirms a contact; nothing once it is confirmed or removed. @throws to be tried again */
export async function mailContact(now: Date, confirmationId: string): Promise<void> {
  const asked = await readContactMail(asJob("mail-contact", now), { confirmationId });
  if (!asked) return;
  const { email, locale, token, kind, expiresAt, accountName, uin, addedBy } = asked;
  const from = sender(locale);
  const link =
    from.origin + withLanguage(locale, at("/contacts/confirm", { mail: confirmationId, token }));
  const mail = await renderContactMail({
    ...{ ...from, link, accountName, uin, addedBy },
    contactKind: kind,
    expiresAt: expiresAt.toISOString(),
  });
  const outcome = await sendOne({
    mail: { from: env().MAIL_FROM, to: email, ...mail },
    key: `contact/${confirmationId}`,
  });
  if (outcome.kind === "retry" || outcome.kind === "halt") throw new Error(outcome.reason);
}
