import { endMails } from "@/domain/access/mail-choices";
import { ANONYMOUS } from "@/domain/context";
import { endSubscription } from "@/domain/subscriptions/keep";
import { at, withLanguage } from "@/lib/addresses";
import { onlyMethods } from "@/server/only-methods";
import { preferredLocale } from "@/server/problem";

/** `key` opens a subscription; where `of` names what it ends, the mails that a person may turn off. */
function asked(request: Request) {
  const { searchParams } = new URL(request.url);
  return { key: searchParams.get("key"), of: searchParams.get("of") };
}

/**
 * One click in a mail program (RFC 8058): a POST without cookies, whose body says no more than that it
 * is one. It ends what the mail was of, leads nowhere and is answered the same whether there was anything.
 */
async function unsubscribe(request: Request): Promise<Response> {
  const ctx = { actor: ANONYMOUS, now: new Date() };
  const { key, of } = asked(request);
  await (of === null ? endSubscription(ctx, { key }) : endMails(ctx, { key, of }));
  return new Response(null, { status: 204 });
}

/** Who opens the address instead is led to the page that ends it by a button: mail scanners open links. */
function open(request: Request): Response {
  const { key, of } = asked(request);
  const page = of === null ? "/subscriptions/manage" : "/subscriptions/emails";
  const location = withLanguage(preferredLocale(request), at(page, { key }));
  return new Response(null, { status: 303, headers: { Location: location } });
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({
  GET: open,
  POST: unsubscribe,
});
