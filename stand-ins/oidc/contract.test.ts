import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type OidcStandIn, startOidcStandIn } from "./start";

const CLIENT = { clientId: "portal", clientSecret: "s:ecret &c" };
const REDIRECT_URI = "http://localhost:3000/api/auth/callback/oidc";
const VERIFIER = randomBytes(32).toString("base64url");
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

let standIn: OidcStandIn;
beforeAll(async () => {
  standIn = await startOidcStandIn({
    ...CLIENT,
    redirectUri: REDIRECT_URI,
    people: [
      { sub: "ann", name: "Ann <b>", email: "ann@x.example", email_verified: true },
      { sub: "bo", name: "Bo", email: "bo@x.example", email_verified: true, fault: "signature" },
    ],
  });
});
afterAll(() => standIn.close());

const wish = (changes: Record<string, string> = {}) => ({
  client_id: CLIENT.clientId,
  redirect_uri: REDIRECT_URI,
  response_type: "code",
  scope: "openid email profile",
  state: "a-state",
  nonce: "a-nonce",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
  ...changes,
});

function authorize(changes: Record<string, string> = {}): Promise<Response> {
  const query = new URLSearchParams(wish(changes)).toString();
  return fetch(`${standIn.url}/authorize?${query}`, { redirect: "manual" });
}

/** The parameters a browser would carry back. */
async function sentBack(changes: Record<string, string>): Promise<URLSearchParams> {
  const answer = await authorize(changes);
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get("location")!).searchParams;
}

async function exchange(code: string, { verifier = VERIFIER, basic = true } = {}) {
  const encoded = Object.values(CLIENT).map((half) =>
    new URLSearchParams({ v: half }).toString().slice(2),
  );
  const answer = await fetch(`${standIn.url}/token`, {
    method: "POST",
    headers: basic
      ? { authorization: `Basic ${Buffer.from(encoded.join(":")).toString("base64")}` }
      : {},
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
      ...(!basic && { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret }),
    }),
  });
  const said = (await answer.json()) as Record<"id_token" | "access_token" | "error", string>;
  return { ...said, status: answer.status };
}

async function isSignedByProvider(token: string): Promise<boolean> {
  const { keys } = (await (await fetch(`${standIn.url}/jwks`)).json()) as { keys: [JsonWebKey] };
  const [head, claims, signature] = token.split(".");
  const key = createPublicKey({ key: { ...keys[0] }, format: "jwk" });
  return verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    key,
    Buffer.from(signature!, "base64url"),
  );
}

test("the discovery document names its own issuer", async () => {
  const answer = await fetch(`${standIn.url}/.well-known/openid-configuration`);
  expect(await answer.json()).toMatchObject({ issuer: standIn.url });
});

test("the page lists the identities, with what they are called as text", async () => {
  const answer = await authorize();
  expect(await answer.text()).toContain("Ann &#60;b&#62; · ann@x.example");
});

test.each([true, false])("a code becomes signed tokens once (by HTTP Basic: %s)", async (basic) => {
  const back = await sentBack({ login_hint: "ann@x.example" });
  expect(back.get("state")).toBe("a-state");
  const tokens = await exchange(back.get("code")!, { basic });
  expect(await isSignedByProvider(tokens.id_token)).toBe(true);
  const claims: unknown = JSON.parse(
    Buffer.from(tokens.id_token.split(".")[1]!, "base64url").toString(),
  );
  expect(claims).toMatchObject({
    iss: standIn.url,
    aud: "portal",
    sub: "ann",
    nonce: "a-nonce",
    email: "ann@x.example",
    email_verified: true,
  });
  const info = await fetch(`${standIn.url}/userinfo`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  expect(await info.json()).toMatchObject({ sub: "ann", name: "Ann <b>" });
  expect(await exchange(back.get("code")!)).toMatchObject({ status: 400, error: "invalid_grant" });
});

test("a code is worth nothing without the verifier", async () => {
  const back = await sentBack({ login_hint: "ann" });
  expect(await exchange(back.get("code")!, { verifier: "guessed" })).toMatchObject({ status: 400 });
});

test("a forged token is signed by another key", async () => {
  const tokens = await exchange((await sentBack({ login_hint: "bo" })).get("code")!);
  expect(await isSignedByProvider(tokens.id_token)).toBe(false);
});

test("who cancels, and who asks without PKCE, is sent back with an error", async () => {
  expect((await sentBack({ login_hint: "cancel" })).get("error")).toBe("access_denied");
  expect((await sentBack({ code_challenge_method: "plain" })).get("error")).toBe("invalid_request");
});

test("nobody is sent to an address that is not registered", async () => {
  expect((await authorize({ redirect_uri: "https://evil.example/" })).status).toBe(400);
  expect((await authorize({ client_id: "another" })).status).toBe(400);
});

test("strangers get neither tokens nor claims", async () => {
  const wrong = await fetch(`${standIn.url}/token`, { method: "POST", body: "client_id=portal" });
  expect(wrong.status).toBe(401);
  expect((await fetch(`${standIn.url}/userinfo`)).status).toBe(401);
});
