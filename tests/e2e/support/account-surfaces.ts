import { BINDING, MEMBERS, ONE_ACCOUNT, ruled } from "./roles";
import type { Page } from "./surfaces";

/** How an account is reached: its contacts, where its notices are posted; and by what its pipelines ask. */
export const REACH_PAGES: Record<string, Page> = {
  "/[locale]/account/contacts": { rule: MEMBERS, path: () => "/zh-CN/account/contacts" },
  "/[locale]/account/contacts/new": { rule: BINDING, path: () => "/zh-CN/account/contacts/new" },
  "/[locale]/account/endpoints": { rule: MEMBERS, path: () => "/zh-CN/account/endpoints" },
  "/[locale]/account/endpoints/new": { rule: BINDING, path: () => "/zh-CN/account/endpoints/new" },
  "/[locale]/account/endpoints/[endpointId]": {
    rule: ONE_ACCOUNT,
    path: (r) => `/zh-CN/account/endpoints/${r.endpointId}`,
  },
  "/[locale]/account/tokens": { rule: MEMBERS, path: () => "/zh-CN/account/tokens" },
};

export const REACH_ACTIONS = {
  ...ruled(
    "app/[locale]/(console)/account/tokens/actions",
    "createOwnTokenAction revokeOwnTokenAction",
    MEMBERS,
  ),
  ...ruled(
    "app/[locale]/(console)/account/contacts/actions",
    "addContactAction checkContactsAction removeContactAction resendContactAction setRehearsalsAction",
    MEMBERS,
  ),
  ...ruled(
    "app/[locale]/(console)/account/endpoints/actions",
    "addEndpointAction changeEndpointAction changeSecretAction removeEndpointAction replayDispatchAction testEndpointAction",
    MEMBERS,
  ),
};
