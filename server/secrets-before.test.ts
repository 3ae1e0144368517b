import { createHmac } from "node:crypto";
import { beforeAll, expect, test } from "vitest";

import { contactToken } from "@/domain/accounts/contact-token";
import { isFamiliar, newBrowserMark, withInbox } from "@/domain/access/browser-mark";
import { hashRecoveryCode } from "@/domain/access/factor-secrets";
import { certificateKey, countingKey, signInCode, signInToken } from "@/domain/access/secrets";
import { signedTicketLink, ticketLinkId } from "@/domain/tickets/link-token";
import { EnvError, env, provide, readEnv } from "@/lib/env";
import { isSignedByUs, signers } from "@/lib/signing";
import { signConsoleToken } from "@/stand-ins/console/token";
import { givenPerson } from "@/tests/support/people";
import { noticeKind, noticeTitle } from "@/wording/notice-line";

import { inboxRoute } from "./inbox-api";
import { receiveResendWebhook } from "./webhook";

/** What was made while the secrets before were in force, asked for under the next ones. */
const BEFORE = {
  AUTH_SECRET: "the-secret-before-that-is-long-enough-too",
  CONSOLE_KEY: "the-console-key-before-that-is-long-enough",
  RESEND_WEBHOOK_SECRET: `whsec_${Buffer.from("the webhook secret before").toString("base64")}`,
};
const NOW = {
  AUTH_SECRET: "the-secret-of-today-that-is-long-enough-too",
  CONSOLE_KEY: "the-console-key-of-today-that-is-long-enough",
  RESEND_WEBHOOK_SECRET: `whsec_${Buffer.from("the webhook secret now").toString("base64")}`,
};
const KEPT = Object.fromEntries(
  Object.entries(BEFORE).map(([name, value]) => [`${name}_BEFORE`, value]),
);
const ID = "6f0e0c7e-52e5-4a4e-9a43-6a8f4a3c1d20";
const getInbox = inboxRoute({ title: noticeTitle, kind: noticeKind });
const ways: Record<string, () => boolean | Promise<boolean>> = {};

beforeAll(async () => {
  const { email } = await givenPerson("读者");
  provide(BEFORE);
  const made = {
    ...{ link: signInToken(ID), code: signInCode(ID), contact: contactToken(ID) },
    ...{ ticket: signedTicketLink(ID), certificate: certificateKey("D-2026-000001") },
    mark: withInbox(newBrowserMark(), countingKey("inbox", email)),
    recovery: hashRecoveryCode(ID, "ABCD-EFGH-JKMN"),
    console: signConsoleToken(email, {
      ...{ key: BEFORE.CONSOLE_KEY, audience: env().APP_ORIGIN, now: new Date() },
    }),
  };
  Object.assign(ways, {
    "a link of a sign-in mail": () => isSignedByUs(made.link, (by) => signInToken(ID, by)),
    "a code of a sign-in mail": () => isSignedByUs(made.code, (by) => signInCode(ID, by)),
    "a link that confirms a contact": () =>
      isSignedByUs(made.contact, (by) => contactToken(ID, by)),
    "a link of a certificate": () =>
      isSignedByUs(made.certificate, (by) => certificateKey("D-2026-000001", by)),
    "a link of a ticket": () => ticketLinkId(made.ticket) === ID,
    "a browser's mark": () => isFamiliar(made.mark, email),
    "a recovery code": () =>
      signers().some((by) => hashRecoveryCode(ID, "ABCD-EFGH-JKMN", by) === made.recovery),
    "a token of the console": async () =>
      (
        await getInbox(
          new Request("http://localhost/api/v1/inbox", {
            headers: { authorization: `Bearer ${made.console}` },
          }),
        )
      ).status === 200,
    "a report of the mail provider": async () =>
      (await receiveResendWebhook(signedBy(BEFORE.RESEND_WEBHOOK_SECRET))).status === 200,
  });
});

function signedBy(secret: string): Request {
  const payload = JSON.stringify({
    type: "email.sent",
    created_at: "2026-11-28T10:00:00Z",
    data: {},
  });
  const [id, timestamp] = ["msg_before", String(Math.floor(Date.now() / 1000))];
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", key)
    .update(`${id}.${timestamp}.${payload}`)
    .digest("base64");
  return new Request("http://localhost/api/webhooks/resend", {
    ...{ method: "POST", body: payload },
    headers: { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` },
  });
}

async function taken(): Promise<string[]> {
  const names: string[] = [];
  for (const [name, way] of Object.entries(ways)) if (await way()) names.push(name);
  return names;
}

test("what the secrets before signed is taken until the moment that is set, and not a moment longer", async () => {
  expect(Object.keys(ways)).toHaveLength(9);
  provide({ ...NOW, ...KEPT, SECRETS_BEFORE_UNTIL: "2999-01-01T00:00:00Z" });
  expect(await taken()).toEqual(Object.keys(ways));

  provide({ SECRETS_BEFORE_UNTIL: "2020-01-01T00:00:00+08:00" });
  expect(await taken()).toEqual([]);
  // What is made now is by the secret of now.
  expect(ticketLinkId(signedTicketLink(ID))).toBe(ID);
});

test("a secret before without its end is no start", () => {
  for (const [name, value] of Object.entries(KEPT))
    expect(() => readEnv({ ...process.env, SECRETS_BEFORE_UNTIL: "", [name]: value })).toThrow(
      EnvError,
    );
});
