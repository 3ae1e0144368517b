import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { ticketLinks } from "@/db/schema";
import { ANONYMOUS, type Person } from "@/domain/context";
import { Conflict, Invalid, NotAllowed } from "@/domain/errors";
import { hashOf } from "@/lib/hash";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenPerson, givenStaff } from "@/tests/support/people";
import { givenApproved, givenDesk } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";
import { givenRequest } from "@/tests/support/requests";
import { asToken, givenLink, givenToken } from "@/tests/support/tickets";

import { findCustomers } from "./find-customers";
import { ticketLinkInput } from "./input";
import { issueTicketLink } from "./issue-link";
import { listTicketLinks } from "./list-links";
import { openTicketLink } from "./open-link";
import { readTicketLink } from "./read-link";
import { revokeTicketLink } from "./revoke-link";
import { beginByLink, takePrefill } from "./take-prefill";

const SECRET = "请删除手机号 13800000000 名下的聊天记录。";
const REQUEST = {
  ticketNumber: "T-2026-4711",
  purpose: "file_request" as const,
  prefill: { type: "consult" as const, facts: SECRET, subjects: ["alice-0815"], appName: "轻语" },
};
const stranger = (at: string) => ({ actor: ANONYMOUS, now: beijing(at) });
let support: Person;

beforeAll(async () => {
  support = await givenStaff("support");
});

describe("P46: a ticket's link opens the prefilled wizard", () => {
  test("what it brings along is sealed at rest and not in its address", async () => {
    const { id, url } = await givenLink(support, REQUEST);
    const [row] = await db.select().from(ticketLinks).where(eq(ticketLinks.id, id));
    expect(row!.prefill.toString("latin1")).not.toContain("alice");
    expect(JSON.stringify(row)).not.toContain("13800000000");
    expect(url).toMatch(/^http:\/\/localhost:3000\/zh-CN\/t\/[0-9a-f-]{36}\.[\w-]{43}$/);
  });

  test("a stranger sees ticket, purpose and end, and nothing that names a person", async () => {
    const { link } = await givenLink(support, REQUEST);
    const shown = await readTicketLink(stranger("2026-11-23 10:00"), { link });
    expect(shown).toEqual({
      state: "open",
      ticketNumber: "T-2026-4711",
      purpose: "file_request",
      expiresAt: beijing("2026-11-24 09:00"),
      ...{ notice: null, request: null, uin: null, isBound: false, isForOther: false },
    });
    await expect(takePrefill(stranger("2026-11-23 10:00"), { link })).rejects.toBeInstanceOf(
      NotAllowed,
    );
  });
});

describe("a link is good for one purpose and for its time", () => {
  test("looking at it, as mail scanners do, uses nothing up; the button is on record once", async () => {
    const { id, link } = await givenLink(support, REQUEST);
    for (const minute of ["00", "01", "02"])
      await readTicketLink(stranger(`2026-11-23 10:${minute}`), { link });
    expect(await recordOf(id)).toEqual(["ticket_link.issued"]);
    const opened = await Promise.all(
      Array.from({ length: 50 }, () => openTicketLink(stranger("2026-11-23 10:05"), { link })),
    );
    expect(new Set(opened.map(({ address }) => address))).toEqual(
      new Set([`/requests/new?link=${link}`]),
    );
    expect(await recordOf(id)).toEqual(["ticket_link.issued", "ticket_link.opened"]);
  });

  test("after its last minute it is expired, for the page, the button and the wizard", async () => {
    const { link } = await givenLink(support, { ...REQUEST, expiresInMinutes: 5 });
    const late = stranger("2026-11-23 09:05");
    expect(await readTicketLink(late, { link })).toMatchObject({
      state: "expired",
      ticketNumber: "T-2026-4711",
    });
    await expect(openTicketLink(late, { link })).rejects.toBeInstanceOf(Conflict);
    const person = acting(await givenPerson("终端用户"), "2026-11-23 09:05");
    await expect(takePrefill(person, { link })).rejects.toBeInstanceOf(Conflict);
  });

  test("a tampered, made-up or mangled one is unknown", async () => {
    const { id, link } = await givenLink(support, REQUEST);
    const other = await givenLink(support, REQUEST);
    const swapped = `${id}.${other.link.split(".")[1]}`;
    for (const bad of [swapped, `${link}x`, id, "", "\u0000", "x".repeat(1_000_000)]) {
      expect(await readTicketLink(stranger("2026-11-23 10:00"), { link: bad })).toEqual({
        state: "unknown",
      });
      await expect(
        openTicketLink(stranger("2026-11-23 10:00"), { link: bad }),
      ).rejects.toMatchObject({ messageKey: "tickets.errors.linkEnded" });
    }
  });

  test("a link to read does not open the wizard", async () => {
    const desk = await givenDesk();
    await givenApproved(desk);
    const { link } = await givenLink(support, {
      ticketNumber: "T-1",
      purpose: "read_notice",
      notice: { policy: desk.slug, version: "1.0" },
    });
    const person = acting(await givenPerson("终端用户"), "2026-11-23 10:00");
    await expect(takePrefill(person, { link })).rejects.toBeInstanceOf(Conflict);
    expect(await openTicketLink(person, { link })).toEqual({
      purpose: "read_notice",
      address: `/policies/${desk.slug}/1.0`,
      asksWho: false,
    });
  });
});

describe("a link names only what is published, and gives no right to read it", () => {
  const named = (notice: object) =>
    givenLink(support, { ticketNumber: "T-1", purpose: "read_notice", notice } as never);

  test("a draft, a made-up name and a restricted incident are not to be had", async () => {
    const desk = await givenNoticeDesk();
    await givenAffected(desk.productId, {});
    const { number } = await givenIncident(desk);
    const hidden = await givenIncident(desk, { visibility: "restricted" });
    await published(desk, await givenNotice(desk, { incidentId: hidden.id }), { typedPeople: 1 });
    for (const notice of [
      { incident: number },
      { incident: hidden.number },
      { incident: "I-2026-999999" },
      { policy: "no-such-guide", version: "1.0" },
      { announcement: "00000000-0000-4000-8000-000000000000" },
    ])
      await expect(named(notice)).rejects.toMatchObject({
        fields: { notice: ["tickets.errors.noSuchNotice"] },
      });
  });

  test("the title of an incident for affected accounts is not told to whoever holds the link", async () => {
    const desk = await givenNoticeDesk();
    await givenAffected(desk.productId, {});
    const incident = await givenIncident(desk);
    await published(desk, await givenNotice(desk, { incidentId: incident.id }), { typedPeople: 1 });
    const { link } = await named({ incident: incident.number });
    const shown = await readTicketLink(stranger("2026-11-23 10:00"), { link });
    expect(shown).toMatchObject({ notice: { label: incident.number, titles: {} } });
  });
});

describe("a link to a request or to the way out of an account", () => {
  test("a number nobody has, and an account that is none, are told at their fields", async () => {
    const wish = { ticketNumber: "T-1", purpose: "read_request" as const };
    await expect(givenLink(support, { ...wish, request: "R-2026-999999" })).rejects.toMatchObject({
      fields: { request: ["tickets.errors.noSuchRequest"] },
    });
    await expect(
      givenLink(support, { ...wish, purpose: "deregister_account", uin: "no-such" }),
    ).rejects.toMatchObject({ fields: { uin: ["tickets.errors.noSuchAccount"] } });
  });
});

describe("a link may be one person's, good for so many times, and revoked", () => {
  const at = "2026-11-23 10:00";
  const ended = { messageKey: "tickets.errors.linkEnded" };

  test("one person's: nobody else goes on, and no address is kept", async () => {
    const [person, other] = [await givenPerson("本人"), await givenPerson("别人")];
    const { id, link } = await givenLink(support, {
      ...REQUEST,
      person: ` ${person.email.toUpperCase()} `,
    });
    const [row] = await db.select().from(ticketLinks).where(eq(ticketLinks.id, id));
    expect(JSON.stringify(row) + row!.prefill.toString("latin1")).not.toContain(person.email);
    expect((await openTicketLink(stranger(at), { link })).address).toBe(`/t/${link}`);
    const wrong = acting(other, at);
    expect(await readTicketLink(wrong, { link })).toMatchObject({ isForOther: true });
    for (const act of [openTicketLink, takePrefill])
      await expect(act(wrong, { link })).rejects.toMatchObject({
        messageKey: "tickets.errors.otherPerson",
      });
    expect(await takePrefill(acting(person, at), { link })).toMatchObject({
      brought: { facts: SECRET },
    });
  });

  test("one person's: what it leads to is shown to nobody else, and no guess of the address can be held against what is kept", async () => {
    const [person, other] = [await givenPerson("本人"), await givenPerson("别人")];
    const { number } = await givenRequest(person.id);
    const wish = { ticketNumber: "T-1", purpose: "read_request", request: number } as const;
    const { id, link } = await givenLink(support, { ...wish, person: person.email });
    for (const reader of [stranger(at), acting(other, at)])
      expect(await readTicketLink(reader, { link })).toMatchObject({ request: null });
    expect(await readTicketLink(acting(person, at), { link })).toMatchObject({ request: number });

    const [row] = await db.select().from(ticketLinks).where(eq(ticketLinks.id, id));
    const guess = ticketLinkInput.parse({ ...wish, person: person.email });
    expect(row!.bodyHash).not.toBe(hashOf(JSON.parse(JSON.stringify(guess))));
  });

  test("once: ten at the same time are one use, and each use is on record", async () => {
    const once = await givenLink(support, { ...REQUEST, mostUses: 1 });
    const person = acting(await givenPerson("终端用户"), at);
    await openTicketLink(person, once);
    const uses = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        beginByLink(person, { link: once.link, begin: () => Promise.resolve() }),
      ),
    );
    expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await recordOf(once.id)).toEqual(["ticket_link.issued", "ticket_link.opened"]);
    expect(await readTicketLink(person, once)).toMatchObject({ state: "used" });
    await expect(openTicketLink(person, once)).rejects.toMatchObject(ended);

    const request = await givenRequest(person.actor.id);
    const wish = { ticketNumber: "T-1", purpose: "read_request", request: request.number } as const;
    const twice = await givenLink(support, { ...wish, mostUses: 2 });
    await openTicketLink(stranger(at), twice);
    await openTicketLink(person, twice);
    await openTicketLink(person, twice);
    await expect(openTicketLink(person, twice)).rejects.toMatchObject(ended);
  });

  test("revoked by support: it opens nothing any more, is on record once, and nobody else may", async () => {
    const { id, link } = await givenLink(support, REQUEST);
    const handler = acting(await givenStaff("handler"), at);
    await expect(revokeTicketLink(handler, { linkId: id })).rejects.toBeInstanceOf(NotAllowed);
    for (let n = 0; n < 2; n += 1) await revokeTicketLink(acting(support, at), { linkId: id });
    expect(await recordOf(id)).toEqual(["ticket_link.issued", "ticket_link.revoked"]);
    expect(await readTicketLink(stranger(at), { link })).toMatchObject({ state: "revoked" });
    const person = acting(await givenPerson("终端用户"), at);
    for (const act of [openTicketLink, takePrefill])
      await expect(act(person, { link })).rejects.toMatchObject(ended);
    const { rows } = await listTicketLinks(acting(support, at), {});
    expect(rows.find((row) => row.id === id)).toMatchObject({ state: "revoked" });
  });

  test("support sees by the ticket which incidents and notices were sent to its customer", async () => {
    const desk = await givenNoticeDesk();
    await givenAffected(desk.productId, {});
    const incident = await givenIncident(desk);
    await published(desk, await givenNotice(desk, { incidentId: incident.id }), { typedPeople: 1 });
    const ticketNumber = `T-${incident.number}`;
    await givenLink(support, {
      ...{ ticketNumber, purpose: "read_notice", notice: { incident: incident.number } },
    });
    const { links } = await findCustomers(acting(support, at), { wanted: ticketNumber });
    expect(links.map(({ leadsTo }) => leadsTo)).toEqual([`incident ${incident.number}`]);
  });
});

describe("the same key is the same link", () => {
  const issue = (id: string, key: string, wish: typeof REQUEST & { person?: string } = REQUEST) =>
    issueTicketLink(asToken(id, "2026-11-23 09:00"), { wish, idempotencyKey: key });

  test("fifty at once make one", async () => {
    const { id } = await givenToken();
    const links = await Promise.all(Array.from({ length: 50 }, () => issue(id, "key-1")));
    expect(new Set(links.map(({ url }) => url)).size).toBe(1);
    expect(links.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    expect(await recordOf(links[0]!.id)).toEqual(["ticket_link.issued"]);
  });

  test("for the same person it is the same, for another it is another content", async () => {
    const { id } = await givenToken();
    const [one, other] = [await givenPerson("甲"), await givenPerson("乙")];
    const bound = ({ email }: Person) => issue(id, "key-3", { ...REQUEST, person: email });
    expect((await bound(one)).isRepeat).toBe(false);
    expect((await bound(one)).isRepeat).toBe(true);
    await expect(bound(other)).rejects.toBeInstanceOf(Conflict);
  });

  test("another content under it is refused; another token's key is its own", async () => {
    const [{ id }, other] = [await givenToken(), await givenToken()];
    const first = await issue(id, "key-2");
    await expect(issue(id, "key-2", { ...REQUEST, ticketNumber: "T-9" })).rejects.toBeInstanceOf(
      Conflict,
    );
    expect((await issue(other.id, "key-2")).id).not.toBe(first.id);
  });
});

test("who may make one: a token with the scope, and support", async () => {
  const wish = { wish: REQUEST, idempotencyKey: null };
  for (const role of ["author", "approver", "handler", "auditor", "admin"] as const)
    await expect(
      issueTicketLink(acting(await givenStaff(role), "2026-11-23 09:00"), wish),
    ).rejects.toBeInstanceOf(NotAllowed);
  const without = {
    actor: { kind: "token" as const, id: "x", scopes: [] },
    now: beijing("2026-11-23 09:00"),
  };
  await expect(issueTicketLink(without, wish)).rejects.toBeInstanceOf(NotAllowed);
});

test("bad input is told field by field", async () => {
  const bad: [object, string][] = [
    [{ ...REQUEST, ticketNumber: "" }, "wish.ticketNumber"],
    [{ ...REQUEST, ticketNumber: "T\u202e1" }, "wish.ticketNumber"],
    [{ ...REQUEST, ticketNumber: "T\n1" }, "wish.ticketNumber"],
    [{ ...REQUEST, ticketNumber: "x".repeat(65) }, "wish.ticketNumber"],
    [{ ...REQUEST, purpose: "anything" }, "wish.purpose"],
    [{ ...REQUEST, expiresInMinutes: 10_081 }, "wish.expiresInMinutes"],
    [{ ...REQUEST, expiresInMinutes: 4 }, "wish.expiresInMinutes"],
    [{ ...REQUEST, expiresInMinutes: "60" }, "wish.expiresInMinutes"],
    [{ ...REQUEST, expiresInMinutes: 7.5 }, "wish.expiresInMinutes"],
    [{ ...REQUEST, locale: "fr" }, "wish.locale"],
    [{ ...REQUEST, more: 1 }, "wish"],
    [{ ...REQUEST, prefill: { typ: "delete" } }, "wish.prefill"],
    [{ ...REQUEST, prefill: { type: "everything" } }, "wish.prefill.type"],
    [{ ...REQUEST, prefill: { type: "copy", ground: "a" } }, "wish.prefill.ground"],
    [{ ...REQUEST, prefill: { facts: "a\u0000b" } }, "wish.prefill.facts"],
    [{ ...REQUEST, prefill: { facts: "\ud800" } }, "wish.prefill.facts"],
    [{ ...REQUEST, prefill: { facts: "x".repeat(1_000_000) } }, "wish.prefill.facts"],
    [{ ...REQUEST, prefill: { sdkAppId: "14x" } }, "wish.prefill.sdkAppId"],
    [{ ...REQUEST, prefill: { subjects: ["a\u200bb"] } }, "wish.prefill.subjects.0"],
    [{ ...REQUEST, prefill: { subjects: [] } }, "wish.prefill.subjects"],
    [{ ...REQUEST, purpose: "read_notice", prefill: undefined }, "wish.notice"],
    [{ ...REQUEST, person: "nobody" }, "wish.person"],
    [{ ...REQUEST, mostUses: 0 }, "wish.mostUses"],
    [{ ...REQUEST, mostUses: 101 }, "wish.mostUses"],
    [{ ticketNumber: "T-1", purpose: "read_request", request: "1" }, "wish.request"],
    [{ ticketNumber: "T-1", purpose: "deregister_account", uin: "" }, "wish.uin"],
  ];
  const ctx = acting(support, "2026-11-23 09:00");
  for (const [wish, field] of bad) {
    const refusal: unknown = await issueTicketLink(ctx, {
      wish: wish as never,
      idempotencyKey: null,
    }).catch((error: unknown) => error);
    expect(refusal, JSON.stringify(wish).slice(0, 80)).toBeInstanceOf(Invalid);
    expect(Object.keys((refusal as Invalid).fields)).toContain(field);
  }
});
