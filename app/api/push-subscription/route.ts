import { browserHash } from "@/domain/access/browser-mark";
import { ANONYMOUS } from "@/domain/context";
import { renewBrowser } from "@/domain/endpoints/add-browser";
import { Invalid } from "@/domain/errors";
import { readLimited } from "@/lib/read-limited";
import { onlyMethods } from "@/server/only-methods";
import { preferredLocale, problem } from "@/server/problem";
import { currentVisitor } from "@/server/visitor";

/** Three short texts. */
const MOST_BYTES = 4096;

/**
 * The service worker's word that the browser has another subscription now (/push.js). It comes with the
 * browser's own mark, which no other site's request carries (SameSite), and is answered the same whether
 * there was anything to renew; what is no subscription is 422.
 */
async function renew(request: Request): Promise<Response> {
  const locale = preferredLocale(request);
  const body = await readLimited(request, MOST_BYTES);
  if (body === null) return problem({ code: "too_large", locale });
  const { mark } = await currentVisitor();
  try {
    const given = renewBrowser.input.omit({ browserHash: true }).safeParse(jsonIn(body));
    if (!given.success) return problem({ code: "invalid", locale });
    const ctx = { actor: ANONYMOUS, now: new Date() };
    await renewBrowser(ctx, { ...given.data, browserHash: browserHash(mark) });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return problem({ code: "invalid", locale });
  }
  return new Response(null, { status: 204 });
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({ POST: renew });
