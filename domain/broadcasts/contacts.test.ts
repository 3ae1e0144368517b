import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, contacts, deliveries, users } from "@/db/schema";
import { BINDING_ROLES, type MemberRole } from "@/db/vocabulary/access";
import type { ContactKind } from "@/db/vocabulary/accounts";
import type { Channel } from "@/db/vocabulary/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenAnnouncement,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  published,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";

import { changeOwnSettings } from "../access/own-settings";
import { pairsOf } from "./audience";

/** Whom one channel of the broadcast about a subject tells. */
async function told(subjectId: string, channel: Channel) {
  const rows = await db
    .select({ userId: deliveries.userId })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(and(eq(broadcasts.subjectId, subjectId), eq(deliveries.channel, channel)));
  return rows.map(({ userId }) => userId).sort();
}

/** The house's app, not the neighbour's: who tells everybody types the count. */
const HERE: Pick<Parameters<typeof givenNotice>[1], "audience"> = {
  audience: { platforms: ["web"] },
};

async function givenHouse() {
  const desk = await givenNoticeDesk();
  const { account, owner } = await givenAffected(desk.productId, { platforms: { web: "8.0.1" } });
  await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const member = await givenMember(account.id, "member");
  const contact = (kind: ContactKind, verified = true) => givenContact(account.id, kind, verified);
  const tell = async (visibility: "affected" | "restricted") => {
    const { id: incidentId } = await givenIncident(desk, { visibility });
    const { id } = await published(desk, await givenNotice(desk, { incidentId, ...HERE }));
    return told(id, "email");
  };
  return { desk, account, owner, member, contact, tell };
}

const ids = (...people: { id: string }[]) => people.map(({ id }) => id).sort();

test("P18: a notice of an incident goes to the members and to the verified security and technical contacts", async () => {
  const { owner, member, contact, tell } = await givenHouse();
  const [security, technical] = [await contact("security"), await contact("technical")];
  await contact("legal");

  expect(await tell("affected")).toEqual(ids(owner, member, security, technical));
});

test("P18: a restricted notice goes to the verified security contacts alone", async () => {
  const { contact, tell } = await givenHouse();
  const security = await contact("security");
  await contact("technical");
  await contact("legal");

  expect(await tell("restricted")).toEqual(ids(security));
});

test("P18: an account without a contact is told through its owners", async () => {
  const { owner, tell } = await givenHouse();

  expect(await tell("restricted")).toEqual(ids(owner));
});

test("P18: an unverified contact is told nothing; the owners stand in", async () => {
  const { owner, member, contact, tell } = await givenHouse();
  await contact("security", false);
  await contact("technical", false);

  expect(await tell("restricted")).toEqual(ids(owner));
  expect(await tell("affected")).toEqual(ids(owner, member));
});

test("P18: a removed contact is told nothing; the owners stand in again", async () => {
  const { owner, member, contact, tell } = await givenHouse();
  const gone = await contact("security");
  await db
    .update(contacts)
    .set({ removedAt: beijing(NOTICE_DAY.opened) })
    .where(eq(contacts.userId, gone.id));

  expect(await tell("restricted")).toEqual(ids(owner));
  expect(await tell("affected")).toEqual(ids(owner, member));
});

test("P39: a policy change goes to the verified legal contacts too, a reminder to those who may answer", async () => {
  const { desk, account, owner, member, contact } = await givenHouse();
  const [legal, security] = [await contact("legal"), await contact("security")];
  await contact("legal", false);
  const toldOf = async (roles?: readonly MemberRole[]) => {
    const audience = { productId: desk.productId, ...(roles && { roles }) };
    const { rows } = await db.execute<{ user_id: string; account_id: string }>(pairsOf(audience));
    const here = rows.filter(({ account_id: id }) => id === account.id);
    return here.map(({ user_id: id }) => id).sort();
  };

  expect(await toldOf()).toEqual(ids(owner, member, legal));
  expect(await toldOf(BINDING_ROLES)).toEqual(ids(owner));
  expect(await toldOf()).not.toContain(security.id);
});

const EVERYTHING = {
  locale: "zh-CN",
  showsAddress: true,
  mails: { announcements: "at_once", minor_changes: "at_once" },
  pushes: { announcements: true, minor_changes: true, requests: true },
} as const;

test("P41: who turned announcement mails off gets incidents by mail all the same, and announcements on the site", async () => {
  const { desk, owner, member, tell } = await givenHouse();
  await changeOwnSettings(acting(member, NOTICE_DAY.opened), {
    ...{ ...EVERYTHING, mails: { ...EVERYTHING.mails, announcements: "never" } },
  });

  const { id } = await published(desk, await givenAnnouncement(desk, HERE));
  expect(await told(id, "email")).toEqual(ids(owner));
  expect(await told(id, "inbox")).toEqual(ids(owner, member));
  expect(await tell("affected")).toEqual(ids(owner, member));

  await changeOwnSettings(acting(member, NOTICE_DAY.opened), EVERYTHING);
  const again = await published(desk, await givenAnnouncement(desk, HERE));
  expect(await told(again.id, "email")).toEqual(ids(owner, member));
});

test("P41: no setting of a person or contact mutes what is mandatory", async () => {
  const { contact, tell } = await givenHouse();
  const security = await contact("security");
  await db
    .update(users)
    .set({
      ...{ wantsAnnouncementMails: false, wantsMinorChangeMails: false },
    })
    .where(eq(users.id, security.id));

  expect(await tell("restricted")).toEqual(ids(security));
});
