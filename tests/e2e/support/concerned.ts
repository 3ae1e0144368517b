import { randomInt } from "node:crypto";

import type { MemberRole } from "@/db/vocabulary/access";
import type { Platform } from "@/db/vocabulary/accounts";
import { grantStaffRoles } from "@/domain/access/grant-staff-role";
import { createAccount } from "@/domain/accounts/create-account";
import { saveApp } from "@/domain/accounts/save-app";
import { saveMember } from "@/domain/accounts/save-member";
import { saveProduct } from "@/domain/accounts/save-product";
import { asJob } from "@/domain/context";

import { contextOf } from "./people";

/** A product of this test alone, so that who is concerned can be counted whatever ran before on the same portal. */
export async function givenProductOfItsOwn(): Promise<{ id: string }> {
  const own = randomInt(1e5, 1e6);
  return saveProduct(await contextOf("admin"), {
    slug: `rtc-${own}`,
    nameZh: `实时音视频 ${own}`,
    nameEn: `Real-time audio and video ${own}`,
  });
}

/** Somebody who writes notices and might approve those of others. */
export const givenWriter = () =>
  grantStaffRoles(asJob("tests", new Date()), {
    email: "luo.shenzhi@yunqiao.example",
    name: "罗慎之",
    roles: ["author", "approver"],
  });

type Wish = {
  productId: string;
  account: string;
  app: string;
  platforms: Partial<Record<Platform, string>>;
  people: readonly { name: string; email: string; role: MemberRole }[];
};

/** An account with its people and one app. */
export async function givenAccountWithApp({ productId, account, app, platforms, people }: Wish) {
  const admin = await contextOf("admin");
  const uin = String(randomInt(2e11, 2.8e11));
  const { id: accountId } = await createAccount(admin, { uin, name: account });
  for (const { name, email, role } of people)
    await saveMember(admin, { accountId, name, email, role });
  const sdkAppId = String(randomInt(2e9, 9e9));
  const { id: appId } = await saveApp(admin, {
    ...{ accountId, sdkAppId, name: app, productId, apiOnly: false, platforms },
  });
  return { appId, sdkAppId, app, emails: people.map(({ email }) => email) };
}
