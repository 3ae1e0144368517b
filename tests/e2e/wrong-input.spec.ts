import { createHmac } from "node:crypto";

import { env } from "@/lib/env";

import { ask } from "./support/ask";
import { MORE_WRONG_FIELDS, WRONG_FIELDS, wrongBodies } from "./support/bad-values";
import { type Field, fieldsOf, readsForm } from "./support/forms";
import { builtActions } from "./support/manifest";
import { cookieOf } from "./support/people";
import { argumentsOf, brokenOf, entryOf, formData, marksOf, type Sent } from "./support/posts";
import { givenRecords, type Records } from "./support/records";
import { ROLES, type Role } from "./support/roles";
import { addressOf } from "./support/rules";
import { ACTIONS, PAGES } from "./support/surfaces";
import { expect, test } from "./support/test";

/**
 * Whatever is sent in the place of what a form or the mail provider would send, nobody is
 * answered with a fault of ours. What the portal accepts of it stays, so this file is the last by its
 * name. With WRONG_INPUT=all every value of the longer list is sent too, which takes minutes.
 */
const origin = `http://localhost:${process.env.E2E_PORT}`;
const isLong = process.env.WRONG_INPUT === "all";
const wrongFields = Object.entries({ ...WRONG_FIELDS, ...(isLong && MORE_WRONG_FIELDS) });
const cookies = new Map<Role, string>();
let records: Records;

test.beforeAll(async () => {
  records = await givenRecords();
  for (const role of ROLES) cookies.set(role, await cookieOf(role));
});

test("no server action answers 500 to a wrong field, to a wrong form, with scripts and without", async () => {
  test.setTimeout(isLong ? 1_800_000 : 400_000);
  const sent: Sent[] = [];
  const bare: string[] = [];
  for (const { id, name, routes } of builtActions()) {
    const fields = await fieldsOf(name, records);
    if (fields.length === 0 && readsForm(name)) bare.push(name);
    const rule = ACTIONS[name];
    const role = rule === "anyone" ? "anonymous" : rule === "own" ? "owner" : rule?.[0];
    const address = addressOf(routes.find((route) => PAGES[route]) ?? "/", records);
    sent.push(...postsOf({ id, name, role: role ?? "owner", address, fields }));
  }
  expect(await brokenOf(sent)).toEqual([]);
  expect(bare, "actions of whose fields nothing is known").toEqual([]);
});

test("what is sent as an action's form is what the action reads", async () => {
  const read = builtActions().find(({ name }) => name.endsWith("#requestSignInMail"));
  const answer = await ask("/zh-CN/sign-in", {
    ...{ method: "POST", body: argumentsOf([["email", "read@here.example"]]) },
    headers: { origin, "next-action": read?.id ?? "", accept: "text/x-component" },
  });
  expect(answer.headers.get("x-action-redirect")).toContain("/sign-in/code?request=");
});

type Action = { id: string; name: string; role: Role; address: string; fields: Field[] };

/** A form's fields one by one wrong and all at once, by who may send it; and by nobody, and without scripts. */
function postsOf({ id, name, role, address, fields }: Action): Sent[] {
  const post = (what: string, body: FormData, { as = role, scripts = true } = {}): Sent => ({
    ...{ what: `${name}: ${what} as ${as}`, address },
    init: {
      ...{ method: "POST", body },
      headers: {
        ...{ origin, cookie: cookies.get(as) ?? "" },
        ...(scripts && { "next-action": id, accept: "text/x-component" }),
      },
    },
  });
  const single = fields.flatMap((field, at) => {
    const others = fields.filter((other) => other !== field).map(entryOf);
    return wrongFields
      .filter((_, kind) => isLong || (kind + at) % 4 === 0)
      .map(([kind, wrong]) =>
        post(`${field.name}, ${kind}`, argumentsOf([...others, ...wrong(field)])),
      );
  });
  const whole = wrongFields.map(([kind, wrong]) => [kind, fields.flatMap(wrong)] as const);
  return [
    ...single,
    ...whole
      .slice(0, isLong ? whole.length : 3)
      .map(([kind, entries]) => post(`all fields, ${kind}`, argumentsOf(entries))),
    ...whole.slice(1, isLong ? whole.length : 2).flatMap(([kind, entries]) => [
      post(`all fields, ${kind}`, argumentsOf(entries), { as: "anonymous" }),
      post(`without scripts, ${kind}`, formData([...marksOf(id), ...entries]), {
        scripts: false,
      }),
    ]),
  ];
}

test("no signed webhook answers 500, whatever it says", async () => {
  const right = {
    ...{ type: "email.bounced", created_at: "2026-11-28T10:00:00Z" },
    data: { email_id: "1", bounce: { message: "no such box", type: "Permanent" }, failed: {} },
  };
  const sent = wrongBodies(right).map((body, at) => ({
    ...{ what: `webhook: ${String(body).slice(0, 100)}`, address: "/api/webhooks/resend" },
    init: { method: "POST", headers: signatureOf(body, `wrong_${at}`), body },
  }));
  expect(await brokenOf(sent)).toEqual([]);
});

/** As Resend signs it, the Svix way. */
function signatureOf(body: string | Uint8Array, id: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const secret = Buffer.from(env().RESEND_WEBHOOK_SECRET.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", secret)
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest("base64");
  return { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` };
}
