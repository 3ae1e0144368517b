import { randomUUID } from "node:crypto";

import { db } from "@/db/client";
import {
  accounts,
  appDeclarations,
  appPlatforms,
  apps,
  members,
  products,
  staffRoles,
  users,
} from "@/db/schema";
import type { MemberRole, StaffRole } from "@/db/vocabulary/access";
import type { DeclarationTopic } from "@/db/vocabulary/accounts";
import type { Locale } from "@/db/vocabulary/languages";
import type { Person } from "@/domain/context";

const LONG_AGO = new Date("2025-01-01T00:00:00Z");

/** A person nobody has given a role yet. */
export async function givenPerson(name: string, locale: Locale = "zh-CN"): Promise<Person> {
  const email = `${randomUUID()}@people.example`;
  const [user] = await db
    .insert(users)
    .values({ email, name, locale, createdAt: LONG_AGO })
    .returning();
  return { kind: "person", id: user!.id, name, email, staffRoles: [], memberships: [] };
}

/** A member of staff with these roles. */
export async function givenStaff(...roles: StaffRole[]): Promise<Person> {
  const person = await givenPerson(`职员 ${roles.join(" ")}`);
  if (roles.length > 0) {
    await db
      .insert(staffRoles)
      .values(roles.map((role) => ({ userId: person.id, role, grantedAt: LONG_AGO })));
  }
  return { ...person, staffRoles: roles };
}

export async function givenProduct() {
  const slug = `product-${randomUUID()}`;
  const [product] = await db
    .insert(products)
    .values({ slug, nameZh: "即时通信", nameEn: "Instant Messaging" })
    .returning();
  return product!;
}

type AccountTraits = {
  /** The product its one app integrates; without it the account has no app. */
  productId?: string;
  apiOnly?: boolean;
  name?: string;
};

/** An account with one app; its people join by `givenMember`. */
export async function givenAccount({ productId, apiOnly = false, name }: AccountTraits = {}) {
  const uin = String(Math.floor(Math.random() * 9e11) + 1e11);
  const [account] = await db
    .insert(accounts)
    .values({ uin, name: name ?? `公司 ${uin}`, createdAt: LONG_AGO })
    .returning();
  if (productId) {
    const [app] = await db
      .insert(apps)
      .values({
        accountId: account!.id,
        productId,
        sdkAppId: `14${uin}`,
        name: "应用",
        apiOnly,
        createdAt: LONG_AGO,
      })
      .returning();
    if (!apiOnly) {
      await db
        .insert(appPlatforms)
        .values({ appId: app!.id, platform: "android", sdkVersion: "8.0.1" });
    }
  }
  return account!;
}

type MemberTraits = { locale?: Locale; also?: Person };

/** A person of an account; `also` adds the account to somebody who is already of another. */
export async function givenMember(
  accountId: string,
  role: MemberRole,
  { locale = "zh-CN", also }: MemberTraits = {},
): Promise<Person> {
  const person = also ?? (await givenPerson(`成员 ${role}`, locale));
  await db.insert(members).values({ accountId, userId: person.id, role, joinedAt: LONG_AGO });
  return { ...person, memberships: [...person.memberships, { accountId, role }] };
}

/** What an app's owner declared: whether it is for children, whether the GDPR applies; later ones hold. */
export async function givenDeclared(
  appId: string,
  said: Partial<Record<DeclarationTopic, boolean>>,
  revision = 1,
): Promise<void> {
  const by = { declaredBy: (await givenPerson("声明的所有者")).id, declaredAt: LONG_AGO };
  const minors = (yes: boolean) => ({
    ...{ isOfAge: true, isForChildren: yes, ...(yes && { hasGuardianConsent: true }) },
  });
  const eea = (yes: boolean) => ({ isEstablished: false, offers: yes, monitors: false });
  for (const [topic, answer] of [
    ["minors", minors],
    ["eea", eea],
  ] as const) {
    const applies = said[topic];
    if (applies !== undefined)
      await db
        .insert(appDeclarations)
        .values({ appId, topic, revision, applies, answer: answer(applies), ...by });
  }
}
