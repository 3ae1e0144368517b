import { createHash, timingSafeEqual } from "node:crypto";

import { type Grant, idTokenClaims } from "./claims";
import { type Answer, type Incoming, json } from "../http";
import { type OidcStandInOptions } from "./options";
import { type Signer } from "./sign";

type Provider = {
  options: OidcStandInOptions;
  issuer: string;
  signer: Signer;
  /** Takes a code back; the second time there is nothing (RFC 6749 4.1.2). */
  redeem: (code: string) => Grant | undefined;
  issueAccess: (grant: Grant) => string;
  now: () => number;
};

/** The token endpoint: one grant type, clients by HTTP Basic or by form (OIDC Core 9). */
export function token(provider: Provider, { authorization, form }: Incoming): Answer {
  if (!isClient(provider.options, credentials(authorization, form))) {
    return json(401, { error: "invalid_client" }, { "www-authenticate": "Basic" });
  }
  if (form.get("grant_type") !== "authorization_code") {
    return json(400, { error: "unsupported_grant_type" });
  }
  const grant = provider.redeem(form.get("code") ?? "");
  const verifier = form.get("code_verifier") ?? "";
  const isRight =
    grant?.redirectUri === form.get("redirect_uri") && grant.challenge === challengeOf(verifier);
  if (!grant || !isRight) return json(400, { error: "invalid_grant" });

  const { issuer, signer, options, now } = provider;
  const claims = idTokenClaims(grant, { issuer, clientId: options.clientId, now: now() });
  return json(200, {
    access_token: provider.issueAccess(grant),
    token_type: "Bearer",
    expires_in: 300,
    scope: "openid email profile",
    id_token: grant.person.fault === "signature" ? signer.forge(claims) : signer.sign(claims),
  });
}

type Credentials = { id: string; secret: string };

function credentials(authorization: string, form: URLSearchParams): Credentials {
  const [scheme, encoded = ""] = authorization.split(" ");
  if (scheme?.toLowerCase() !== "basic") {
    return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
  }
  const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { id: formDecoded(id), secret: formDecoded(secret) };
}

/** RFC 6749 2.3.1: both halves are form-encoded before they are joined. */
const formDecoded = (text: string) => new URLSearchParams(`value=${text}`).get("value") ?? "";

function isClient({ clientId, clientSecret }: OidcStandInOptions, given: Credentials): boolean {
  return same(given.id, clientId) && same(given.secret, clientSecret);
}

function same(given: string, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");
