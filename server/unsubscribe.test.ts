import { NextRequest } from "next/server";
import { expect, test } from "vitest";

import { GET, POST } from "@/app/api/unsubscribe/route";
import { db } from "@/db/client";
import { checkpointReaders, mailKeys } from "@/db/schema";
import { findMailChoices } from "@/domain/access/mail-choices";
import { ANONYMOUS } from "@/domain/context";
import { givenPerson } from "@/tests/support/people";
import { givenSubscriber, subscriptionOf } from "@/tests/support/subscriptions";

const address = (key: string) => `https://notices.example/api/unsubscribe?key=${key}`;
const route = { params: Promise.resolve({}) };
const nobody = { actor: ANONYMOUS, now: new Date() };
const click = (key: string) =>
  POST(
    new NextRequest(address(key), { method: "POST", body: "List-Unsubscribe=One-Click" }),
    route,
  );

test("P53: one click of a mail program ends it, without cookies, and again is answered alike", async () => {
  const { email, key } = await givenSubscriber({ announcements: true });
  const other = await givenSubscriber({ announcements: true });
  for (const one of [key, key, "nothing", ""]) expect((await click(one)).status).toBe(204);
  expect((await subscriptionOf(email)).held).toBeNull();
  expect((await subscriptionOf(other.email)).held).not.toBeNull();
});

test("P23: one click of an optional mail ends what it names, and a look at it nothing", async () => {
  const person = await givenPerson("林悦");
  const [row] = await db.insert(mailKeys).values({ userId: person.id }).returning();
  const key = row?.key ?? "";
  const asked = new NextRequest(`${address(key)}&of=announcements`);
  const answer = await GET(asked, route);
  expect(answer.headers.get("location")).toBe(`/zh-CN/subscriptions/emails?key=${key}`);
  const mails = async () => (await findMailChoices(nobody, { key })).mails;
  expect(await mails()).toEqual({ announcements: "at_once", minor_changes: "at_once" });
  for (const of of ["announcements", "announcements", "nothing"])
    expect((await click(`${key}&of=${of}`)).status).toBe(204);
  expect(await mails()).toEqual({ announcements: "never", minor_changes: "at_once" });
});

test("one click of a checkpoint's mail ends those mails alone", async () => {
  const person = await givenPerson("林悦");
  await db.insert(checkpointReaders).values({ userId: person.id, since: new Date() });
  const [row] = await db.insert(mailKeys).values({ userId: person.id }).returning();
  const key = row?.key ?? "";
  expect(await findMailChoices(nobody, { key })).toMatchObject({ wantsCheckpoints: true });
  for (const again of [key, key]) expect((await click(`${again}&of=checkpoint`)).status).toBe(204);
  expect(await findMailChoices(nobody, { key })).toMatchObject({
    ...{ wantsCheckpoints: false, mails: { announcements: "at_once", minor_changes: "at_once" } },
  });
});

test("who opens the address ends nothing: a page asks", async () => {
  const { email, key } = await givenSubscriber({ announcements: true });
  const asked = new NextRequest(address(key), { headers: { "accept-language": "en" } });
  const answer = await GET(asked, route);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/en/subscriptions/manage?key=${key}`);
  expect((await subscriptionOf(email)).held).not.toBeNull();
});
