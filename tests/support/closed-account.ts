import type { Account, App } from "@/db/schema";
import { createAccount } from "@/domain/accounts/create-account";
import { editAccount } from "@/domain/accounts/edit-account";
import { saveApp } from "@/domain/accounts/save-app";
import { saveMember } from "@/domain/accounts/save-member";
import type { Context, Person } from "@/domain/context";
import { readOwnRequest } from "@/domain/requests/read-own";

import { acting } from "./context";

type Gone = { account: Account; product: { id: string }; app: App };

/** What an administrator may try to bring an account back that is closed. */
export const waysBack = (admin: Context, { account, product, app }: Gone) => [
  () => enterMember(admin, { accountId: account.id, email: "new@luming.example" }),
  () => editAccount(admin, { accountId: account.id, name: "又来" }),
  () => createAccount(admin, { uin: account.uin, name: "又来" }),
  () =>
    saveApp(admin, {
      ...{ accountId: account.id, sdkAppId: "1400009999", name: app.name },
      ...{ productId: product.id, apiOnly: true, platforms: {} },
    }),
];

/** Makes whoever has an address the owner of an account, by the administrator's own verb. */
export const enterMember = (admin: Context, member: { accountId: string; email: string }) =>
  saveMember(admin, { ...member, name: "新人", role: "owner", locale: "zh-CN" });

/** A request as who filed it would see it, had they still a way in. */
export const readAsRequester = (requester: Person, number: string) =>
  readOwnRequest(acting({ ...requester, memberships: [] }, "2026-11-10 10:00"), { number });
