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
    ...proofClaims(person, iat),
    exp: iat + LIFETIME_SECONDS,
    ...(nonce !== null && { nonce: person.fault === "nonce" ? `${nonce}x` : nonce }),
    ...(person.emailIn === "userinfo" ? { sub: person.sub } : userinfoClaims(person)),
  };
}

/** How and when they proved themselves, as far as the provider tells. */
const proofClaims = ({ amr, acr, authAge = 0 }: OidcPerson, iat: number): object => ({
  ...(authAge !== null && { auth_time: iat - authAge }),
  ...(amr && { amr }),
  ...(acr && { acr }),
});

/** The claims of the scopes `openid email profile` (OIDC Core 5.4). */
export function userinfoClaims({ sub, name, email, email_verified }: OidcPerson): object {
  return { sub, name, email, email_verified };
}
