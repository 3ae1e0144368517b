import { randomBytes } from "node:crypto";

import { authorize } from "./authorize";
import { type Grant, userinfoClaims } from "./claims";
import { type Answer, type Incoming, json, serve } from "../http";
import { type OidcStandInOptions } from "./options";
import { createSigner, type Signer } from "./sign";
import { token } from "./token";

export type OidcStandIn = Awaited<ReturnType<typeof startOidcStandIn>>;

/** Milliseconds a code may take to come back; RFC 6749 4.1.2 allows ten minutes at most. */
const CODE_LIFETIME_MS = 60_000;

/**
 * Starts an OpenID Connect provider on 127.0.0.1 for the identities given. What it does and does
 * not do is in README.md beside it.
 * @returns its issuer as `url`
 * @throws Error when the port can't be used
 */
export async function startOidcStandIn(options: OidcStandInOptions) {
  const signer = createSigner();
  return serve(options.port, (url) => createProvider(options, url, signer));
}

function createProvider(options: OidcStandInOptions, issuer: string, signer: Signer) {
  const now = () => Date.now();
  const codes = new Map<string, Grant & { issuedAt: number }>();
  const accesses = new Map<string, Grant>();
  const issueCode = (grant: Grant) => keep(codes, { ...grant, issuedAt: now() });
  const issueAccess = (grant: Grant) => keep(accesses, grant);
  const redeem = (code: string) => {
    const grant = codes.get(code);
    codes.delete(code);
    return grant && now() - grant.issuedAt < CODE_LIFETIME_MS ? grant : undefined;
  };

  return (incoming: Incoming): Answer => {
    switch (`${incoming.method} ${incoming.path}`) {
      case "GET /.well-known/openid-configuration":
        return json(200, metadata(issuer));
      case "GET /jwks":
        return json(200, signer.jwks);
      case "GET /authorize":
        return authorize(incoming.query, options, issueCode);
      case "POST /token":
        return token({ options, issuer, signer, redeem, issueAccess, now }, incoming);
      case "GET /userinfo":
      case "POST /userinfo":
        return userinfo(accesses, incoming);
      default:
        return json(404, { error: "not_found" });
    }
  };
}

function userinfo(accesses: Map<string, Grant>, { authorization }: Incoming): Answer {
  const grant = accesses.get(authorization.replace(/^Bearer /i, ""));
  if (grant) return json(200, userinfoClaims(grant.person));
  return json(401, { error: "invalid_token" }, { "www-authenticate": "Bearer" });
}

/** Keeps a value under a name that can't be guessed. */
function keep<Value>(values: Map<string, Value>, value: Value): string {
  const name = randomBytes(24).toString("base64url");
  values.set(name, value);
  return name;
}

/** OpenID Connect Discovery 1.0, section 3. */
const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  scopes_supported: ["openid", "email", "profile"],
  response_types_supported: ["code"],
  response_modes_supported: ["query"],
  grant_types_supported: ["authorization_code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  code_challenge_methods_supported: ["S256"],
  claims_supported: ["sub", "name", "email", "email_verified", "nonce", "auth_time", "amr", "acr"],
});
