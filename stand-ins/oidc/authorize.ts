import { type Answer, escape, page, redirect } from "../http";
import { type Grant } from "./claims";
import { type OidcPerson, type OidcStandInOptions } from "./options";

/** How the page's last entry says that the person does not want to sign in. */
const CANCEL = "cancel";

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The authorization endpoint: a page that lists the identities, or with `login_hint` (a sub or an
 * address) the answer itself. A client or address nobody registered is told on a page, because
 * sending the browser there would make this an open redirector (RFC 6749 4.1.2.1).
 */
export function authorize(
  query: URLSearchParams,
  options: OidcStandInOptions,
  issueCode: (grant: Grant) => string,
): Answer {
  const redirectUri = query.get("redirect_uri") ?? "";
  if (query.get("client_id") !== options.clientId || !isRegistered(redirectUri, options)) {
    return page(400, "<!doctype html><title>Refused</title><p>unknown client or redirect_uri");
  }
  const back = (answer: Record<string, string>) => {
    const to = new URL(redirectUri);
    for (const [name, value] of Object.entries(answer)) to.searchParams.set(name, value);
    const state = query.get("state");
    if (state !== null) to.searchParams.set("state", state);
    return redirect(to);
  };

  const problem = problemOf(query);
  if (problem) return back(problem);
  const hint = query.get("login_hint");
  if (hint === null) return page(200, choice(query, options.people));
  if (hint === CANCEL) return back({ error: "access_denied" });

  const person = options.people.find(({ sub, email }) => sub === hint || email === hint);
  if (!person) return back({ error: "login_required" });
  const challenge = query.get("code_challenge") ?? "";
  return back({ code: issueCode({ person, redirectUri, nonce: query.get("nonce"), challenge }) });
}

function isRegistered(address: string, { redirectUri }: OidcStandInOptions): boolean {
  if (redirectUri !== undefined) return address === redirectUri;
  return URL.canParse(address) && LOOPBACK_HOSTS.includes(new URL(address).hostname);
}

/** What a client of ours must always send; this provider insists on PKCE with S256. */
function problemOf(query: URLSearchParams): Record<string, string> | undefined {
  if (query.get("response_type") !== "code") return { error: "unsupported_response_type" };
  if (!query.get("scope")?.split(" ").includes("openid")) return { error: "invalid_scope" };
  if (query.get("code_challenge_method") !== "S256" || !query.get("code_challenge")) {
    return { error: "invalid_request", error_description: "PKCE with S256 is required" };
  }
  return undefined;
}

function choice(query: URLSearchParams, people: readonly OidcPerson[]): string {
  const entry = (hint: string, words: string) => {
    const link = new URLSearchParams([...query, ["login_hint", hint]]);
    return `<li><a href="/authorize?${escape(link.toString())}">${escape(words)}</a></li>`;
  };
  const entries = people.map(({ sub, name, email, email_verified: isVerified }) =>
    entry(sub, `${name} · ${email ?? "no address"}${isVerified ? "" : " · not verified"}`),
  );
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    "<title>Identity provider (stand-in)</title>",
    "<h1>Identity provider (stand-in)</h1><p>Who signs in?</p>",
    `<ul>${entries.join("")}${entry(CANCEL, "Nobody: cancel")}</ul>`,
  ].join("\n");
}
