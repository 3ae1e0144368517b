import type { Locale } from "@/db/vocabulary/languages";
import type { Context } from "@/domain/context";
import { readContactCard } from "@/domain/policies/contact-card";
import type { Sender } from "@/emails/_components/sender";
import { env } from "@/lib/env";

/** What every mail says about who sends it and where it leads. */
export async function sender(ctx: Context, locale: Locale): Promise<Sender> {
  const { APP_ORIGIN, MAIL_REPLY_TO, VENDOR_NAME_ZH, VENDOR_NAME_EN } = env();
  const card = await readContactCard(ctx, {});
  return {
    locale,
    origin: APP_ORIGIN,
    vendor: locale === "zh-CN" ? VENDOR_NAME_ZH : VENDOR_NAME_EN,
    contact: card.mail,
    replyTo: MAIL_REPLY_TO,
    card: card.lines,
  };
}
