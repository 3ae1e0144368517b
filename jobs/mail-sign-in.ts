import { readSignInMail, recordSignInMailed } from "@/domain/access/sign-in-mail";
import { asJob } from "@/domain/context";
import { renderSignInMail } from "@/emails/render";
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
  const to = sender(locale);
  const link =
    to.origin + withLanguage(locale, at("/sign-in/confirm", { request: requestId, token }));
  const mail = await renderSignInMail({ ...to, purpose, link, code, returnPath });
  const outcome = await sendOne({
    mail: { from: env().MAIL_FROM, to: email, ...mail },
    key: `sign-in/${requestId}`,
  });
  if (outcome.kind === "retry" || outcome.kind === "halt") throw new Error(outcome.reason);
  if (outcome.kind === "accepted") await recordSignInMailed(ctx, { requestId });
}
