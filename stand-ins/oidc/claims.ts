import { type OidcPerson } from "./options";

/** What a code or an access token stands for. */
export type Grant = {
  person: OidcPerson;
  redirectUri: string;
  nonce: string | null;
  /** base64url of the sha256 of the verifier (RFC 7636 4.2). */
  challenge: string;
};

type Issued = { issuer: string; clientId: string; now: number };

const LIFETIME_SECONDS = 300;

/** The claims of an ID token (OIDC Core 2), with the identity's fault in them. */
export function idTokenClaims(grant: Grant, { issuer, clientId, now }: Issued): object {
  const { person, nonce } = grant;
  const isPast = person.fault === "expired";
  const iat = Math.floor(now / 1000) - (isPast ? 2 * LIFETIME_SECONDS : 0);
  return {
    iss: person.fault === "issuer" ? "https://another-issuer.example" : issuer,
    aud: person.fault === "audience" ? "another-client" : clientId,
    iat,
    ...(person.authAge !== null && { auth_time: iat - (person.authAge ?? 0) }),
    ...(person.amr && { amr: person.amr }),
    ...(person.acr && { acr: person.acr }),
    exp: iat + LIFETIME_SECONDS,
    ...(nonce !== null && { nonce: person.fault === "nonce" ? `${nonce}x` : nonce }),
    ...(person.emailIn === "userinfo" ? { sub: person.sub } : userinfoClaims(person)),
  };
}

/** The claims of the scopes `openid email profile` (OIDC Core 5.4). */
export function userinfoClaims({ sub, name, email, email_verified }: OidcPerson): object {
  return { sub, name, email, email_verified };
}
