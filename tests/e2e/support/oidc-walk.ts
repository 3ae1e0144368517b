type Portal = { address: string; origin: string };
type Walk = {
  /** The subject at the provider. */
  as: string;
  callbackUrl?: string;
  /** Changes what the browser carries back to the portal. */
  tamper?: (back: URL) => void;
  /** More cookies of the browser, as a Cookie header has them. */
  cookie?: string;
};

/**
 * A sign-in at the provider step by step, as a browser takes it but without one: what a browser
 * would never send, and the cookies of a portal whose address is not this machine's.
 */
export async function walk({ address, origin }: Portal, { as, callbackUrl, tamper, cookie }: Walk) {
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}) => {
    const known = [...jar].map(([name, value]) => `${name}=${value}`);
    const headers = { cookie: [...known, ...(cookie ? [cookie] : [])].join("; ") };
    const answer = await fetch(`${address}${path}`, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      jar.set(name, value);
    }
    return answer;
  };
  const { csrfToken } = (await (await send("/api/auth/csrf")).json()) as { csrfToken: string };
  const begun = await send("/api/auth/signin/oidc", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, json: "true", ...(callbackUrl && { callbackUrl }) }),
  });
  const { url } = (await begun.json()) as { url: string };
  const asked = new URL(url);
  const provider = await fetch(`${url}&login_hint=${as}`, { redirect: "manual" });
  const back = new URL(provider.headers.get("location") ?? "");
  tamper?.(back);
  const came = await send(`${back.pathname}${back.search}`);
  const location = came.headers.get("location") ?? "";
  const own = location.startsWith(`${origin}/`) ? location.slice(origin.length) : location;
  const refused = own.startsWith("/api/auth/error") ? await send(own) : undefined;
  return {
    asked: asked.searchParams,
    status: came.status,
    /** Where the browser ends up, next-auth's way round it left out. */
    location: refused?.headers.get("location") ?? location,
    setCookie: came.headers.getSetCookie(),
  };
}
