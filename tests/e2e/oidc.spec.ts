import { get } from "node:http";
import { and, eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { auditEntries, sessions, users } from "@/db/schema";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { hashSessionToken } from "@/domain/access/secrets";

import {
  FAULTY,
  IDENTITIES,
  type PortalWithProvider,
  PROOFS,
  PROVIDER,
  startPortalWithProvider,
} from "./support/identity-provider";
import { walk } from "./support/oidc-walk";
import { cookieOf } from "./support/people";
import { type BrowserContext, expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

let portal: PortalWithProvider;
test.beforeAll(async () => {
  portal = await startPortalWithProvider();
});
test.afterAll(() => portal.stop());

const SUCCESSES = [
  { locale: "zh-CN", as: "lin", to: "/zh-CN/inbox?show=unread", end: "/zh-CN/inbox?show=unread" },
  { locale: "en", as: "mira", to: "/en/acknowledgements", end: "/en/acknowledgements" },
  { locale: "zh-CN", as: "xu", to: "", end: "/zh-CN/ops" },
  { locale: "en", as: "mira", to: "https://evil.example/", end: "/en/home" },
] as const;

for (const { locale, as, to, end } of SUCCESSES) {
  test(`${as} signs in at the provider in ${locale} and lands on ${end}, wanting "${to}"`, async ({
    page,
    context,
  }) => {
    const asked = await goToProvider(page, { locale, to });
    expect(asked.get("redirect_uri")).toBe(`${portal.origin}/api/auth/callback/oidc`);
    expect(asked.get("code_challenge_method")).toBe("S256");
    expect(asked.get("response_type")).toBe("code");
    for (const name of ["code_challenge", "state", "nonce"])
      expect(asked.get(name)?.length, name).toBeGreaterThan(20);

    await choose(page, IDENTITIES[as].name);
    await expect(page).toHaveURL(`${portal.origin}${end}`);
    await expectSession(context, IDENTITIES[as].email.toLowerCase());
  });
}

for (const locale of LOCALES) {
  test(`who is refused reads why on the sign-in page, in ${locale}, and no account is made`, async ({
    page,
    context,
  }) => {
    const to = `/${locale}/inbox`;
    const before = await state();
    for (const [name, why] of [
      [IDENTITIES.nobody.name, "unknown"],
      [IDENTITIES.unsure.name, "unverified"],
      ...(locale === "en" ? ([[IDENTITIES.silent.name, "unverified"]] as const) : []),
      ["Nobody: cancel", "cancelled"],
    ] as const) {
      await goToProvider(page, { locale, to });
      await choose(page, name);
      await expectRefusal(page, { locale, to, why });
    }
    await page.goto(`${portal.origin}/api/auth/callback/oidc?code=guessed&state=guessed`);
    await expectRefusal(page, { locale, to, why: "failed" });
    await portal.withoutProvider(async () => {
      await expect(async () => {
        await button(page, locale).click({ timeout: 1000 });
        await page.waitForURL("**/sign-in?**error=unavailable", { timeout: 5000 });
      }).toPass({ timeout: 30_000 });
      await expectRefusal(page, { locale, to, why: "unavailable" });
    });
    expect((await context.cookies()).map(({ name }) => name)).not.toContain("gaozhi-session");
    expect(await state()).toEqual(before);
  });
}

test("an identity stays its person's when its address becomes another's", async () => {
  const { jonas, mira } = IDENTITIES;
  const first = jonas.email;
  for (const email of [first, mira.email, "jonas@elsewhere.example"]) {
    jonas.email = email;
    const { setCookie } = await walk(portal.here, { as: jonas.sub });
    expect(await emailOf(setCookie), email).toBe(first);
  }
  jonas.email = first;
});

test("a session that is open does not take over the identity of another person", async () => {
  const cookie = await cookieOf("stranger");
  const song = IDENTITIES.unsure;
  song.email_verified = true;
  const { setCookie } = await walk(portal.here, { as: song.sub, cookie });
  song.email_verified = false;
  expect(await emailOf(setCookie)).toBe(song.email);
});

test("a token that is not what the provider gave this browser opens nothing", async () => {
  const wrong = { location: expect.stringMatching(/\/sign-in\?.*error=failed$/), status: 302 };
  const before = await state();
  for (const { sub } of FAULTY)
    expect(await walk(portal.here, { as: sub }), sub).toMatchObject(wrong);
  for (const name of ["state", "code"])
    expect(
      await walk(portal.here, { as: "mira", tamper: (back) => back.searchParams.set(name, "x") }),
      name,
    ).toMatchObject(wrong);
  expect(await state()).toEqual(before);
});

test("a foreign callbackUrl leads nowhere but here", async () => {
  for (const callbackUrl of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    `${portal.origin}.evil.example/`,
    `${portal.origin}//evil.example`,
    "javascript:alert(1)",
    "no address",
  ]) {
    const { location } = await walk(portal.here, { as: "mira", callbackUrl });
    expect(location, callbackUrl).toBe(`${portal.origin}/sign-in/done`);
  }
});

test("in production the cookie is Secure and of this host only, and the callback is https", async () => {
  const { asked, location, setCookie } = await walk(portal.secure, {
    as: "mira",
    callbackUrl: "/en/inbox",
  });
  expect(asked.get("redirect_uri")).toBe("https://notices.example/api/auth/callback/oidc");
  expect(location).toBe("https://notices.example/en/inbox");
  const session = setCookie.find((line) => line.startsWith("__Host-gaozhi-session="));
  for (const property of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"])
    expect(session?.split("; ")).toContain(property);
  expect(setCookie.filter((line) => !line.includes("; Secure"))).toEqual([]);
});

test("where the provider stands for the second factor, it is asked for a fresh one, and its token has to say so", async () => {
  const proven = async ({ sub }: { sub: string }) => {
    const { asked, setCookie } = await walk(portal.secure, { as: sub });
    expect(asked.get("max_age")).toBe("900");
    const token = /gaozhi-session=([^;]+)/.exec(setCookie.join("\n"))?.[1] ?? "";
    const tokenHash = hashSessionToken(token);
    const [session] = await db.select().from(sessions).where(eq(sessions.tokenHash, tokenHash));
    return session!.factorAt !== null;
  };
  for (const [kind, person] of Object.entries(PROOFS))
    expect(await proven(person), kind).toBe(kind === "strong");
  const { asked } = await walk(portal.here, { as: "mira" });
  expect(asked.has("max_age")).toBe(false);
});

test("next-auth's own pages do not exist, and nothing it is sent makes it fail", async () => {
  const answers: [string, number][] = [
    ["/api/auth/signin", 302],
    ["/api/auth/signin?callbackUrl=https://evil.example", 302],
    ["/api/auth/error", 302],
    ["/api/auth/error?error=Configuration", 302],
    ["/api/auth/callback/oidc", 302],
    ["/api/auth/callback/oidc?error=%3Cb%3E", 302],
    ["/api/auth/callback/oidc?callbackUrl=no", 302],
    ["/api/auth/csrf?callbackUrl=no", 200],
    ["/api/auth/signin/oidc", 404],
    ["/api/auth/callback/other", 404],
    ["/api/auth/signout", 404],
    ["/api/auth/verify-request", 404],
    ["/api/auth/session", 401],
  ];
  for (const cookie of ["", "gaozhi-landing=no address", "gaozhi-landing=https://evil.example/"])
    for (const [path, status] of answers) {
      const answer = await fetch(`${portal.origin}${path}`, {
        headers: { cookie },
        redirect: "manual",
      });
      expect(answer.status, `${path} with ${cookie}`).toBe(status);
      const follows = new URL(answer.headers.get("location") ?? "/sign-in", portal.origin);
      expect(follows.origin, path).toBe(portal.origin);
      expect(follows.pathname, path).toMatch(/^\/(sign-in|api\/auth\/error)$/);
    }
  for (const [contentType, body] of [
    ["application/json", "{"],
    ["application/json", '{"callbackUrl":5}'],
    ["application/x-www-form-urlencoded", "callbackUrl=%"],
    ["text/plain", ""],
  ] as const) {
    const answer = await fetch(`${portal.origin}/api/auth/signin/oidc`, {
      ...{ method: "POST", body, headers: { "content-type": contentType }, redirect: "manual" },
    });
    expect(answer.status, body).toBe(302);
  }
  const session = await cookieOf("owner");
  const home = await fetch(`${portal.origin}/en/home`, {
    headers: { cookie: `${session}; next-auth.callback-url=no; gaozhi-landing=no` },
  });
  expect(home.status).toBe(200);
});

test("the request's host has no say in any address", async () => {
  const answer = (path: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = { host: "evil.example", "x-forwarded-host": "evil.example" };
      get(`${portal.origin}${path}`, { headers }, (response) => {
        const words = [String(response.headers.location)];
        response.on("data", (chunk) => words.push(String(chunk)));
        response.on("end", () => resolve(words.join(" ")));
      }).on("error", reject);
    });
  expect(await answer("/api/auth/providers")).toContain(`${portal.origin}/api/auth/callback/oidc`);
  for (const path of ["providers", "error", "signin", "callback/oidc?state=x&code=x"])
    expect(await answer(`/api/auth/${path}`), path).not.toContain("evil");
});

test("without a provider there is neither button nor flow", async ({ page, baseURL }) => {
  await page.goto("/en/sign-in?error=unknown");
  await expect(
    page.getByRole("button", { name: wordsOf("en").access("signIn.send") }),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: /OpenID Connect|Northwind ID/ })).toHaveCount(0);
  for (const method of ["GET", "POST"])
    for (const path of ["signin/oidc", "callback/oidc"])
      expect((await fetch(`${baseURL}/api/auth/${path}`, { method })).status).toBe(404);
});

type Visit = { locale: Locale; to: string };

const signInPage = (locale: Locale, to: string) =>
  `/${locale}/sign-in${to && `?return=${encodeURIComponent(to)}`}`;

const button = (page: Page, locale: Locale) =>
  page.getByRole("button", {
    name: wordsOf(locale).access("signIn.provider", { provider: PROVIDER }),
  });

/** Presses the button of the sign-in page, also below a refusal. @returns what the provider is asked. */
async function goToProvider(page: Page, { locale, to }: Visit): Promise<URLSearchParams> {
  const isThere = page.url().startsWith(`${portal.origin}${signInPage(locale, to)}`);
  if (!isThere) await page.goto(`${portal.origin}${signInPage(locale, to)}`);
  // Pressed before the page's scripts run, it does nothing yet.
  await expect(async () => {
    if (page.url().startsWith(portal.origin)) await button(page, locale).click({ timeout: 1000 });
    await page.waitForURL(`${portal.issuer}/authorize?**`, { timeout: 5000 });
  }).toPass({ timeout: 30_000 });
  return new URL(page.url()).searchParams;
}

const choose = (page: Page, name: string) =>
  page.getByRole("link", { name: new RegExp(`^${name}( ·|$)`) }).click();

async function expectRefusal(page: Page, { locale, to, why }: Visit & { why: Refusal }) {
  const sentence = wordsOf(locale).access(`signIn.refused.${why}`, { provider: PROVIDER });
  await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();
  const { origin, pathname, searchParams } = new URL(page.url());
  expect([origin, pathname]).toEqual([portal.origin, `/${locale}/sign-in`]);
  expect(searchParams.get("return")).toBe(to);
  await expect(button(page, locale)).toBeVisible();
}
type Refusal = "unknown" | "unverified" | "cancelled" | "unavailable" | "failed";

/** The browser's cookie is what mail sign-in would have left, of a session that is on the record. */
async function expectSession(context: BrowserContext, email: string): Promise<void> {
  const cookie = (await context.cookies()).find(({ name }) => name === "gaozhi-session");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", secure: false, path: "/" });
  const tokenHash = hashSessionToken(cookie?.value ?? "");
  const [session] = await db
    .select({
      userId: users.id,
      email: users.email,
      expiresAt: sessions.expiresAt,
      at: sessions.createdAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, tokenHash));
  expect(session?.email).toBe(email);
  expect(Math.abs((cookie?.expires ?? 0) * 1000 - session!.expiresAt.getTime())).toBeLessThan(2000);
  const entries = await db
    .select({ after: auditEntries.after })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.action, "person.signed_in"),
        eq(auditEntries.subjectId, session!.userId),
        eq(auditEntries.at, session!.at),
      ),
    );
  expect(entries).toEqual([{ after: { by: "oidc" } }]);
}

/** Whose session these cookies open. */
async function emailOf(setCookie: readonly string[]): Promise<string | undefined> {
  const token = /^gaozhi-session=([^;]+)/m.exec(setCookie.join("\n"))?.[1] ?? "";
  const [session] = await db
    .select({ email: users.email })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, hashSessionToken(token)));
  return session?.email;
}

/** How many people, identities and sessions there are. */
async function state(): Promise<unknown> {
  const { rows } = await db.execute(
    sql`select (select count(*) from users), (select count(*) from oidc_identities) as identities, (select count(*) from sessions) as sessions`,
  );
  return rows;
}
