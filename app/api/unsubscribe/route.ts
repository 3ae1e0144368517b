import { ANONYMOUS } from "@/domain/context";
import { endSubscription } from "@/domain/subscriptions/keep";
import { at, withLanguage } from "@/lib/addresses";
import { onlyMethods } from "@/server/only-methods";
import { preferredLocale } from "@/server/problem";

const keyOf = (request: Request): string | null => new URL(request.url).searchParams.get("key");

/**
 * One click in a mail program (RFC 8058): a POST without cookies, whose body says no more than that it
 * is one. It ends the subscription, leads nowhere and is answered the same whether there was one.
 */
async function unsubscribe(request: Request): Promise<Response> {
  await endSubscription({ actor: ANONYMOUS, now: new Date() }, { key: keyOf(request) });
  return new Response(null, { status: 204 });
}

/** Who opens the address instead is led to the page that ends it by a button: mail scanners open links. */
function open(request: Request): Response {
  const page = at("/subscriptions/manage", { key: keyOf(request) });
  const location = withLanguage(preferredLocale(request), page);
  return new Response(null, { status: 303, headers: { Location: location } });
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({
  GET: open,
  POST: unsubscribe,
});
