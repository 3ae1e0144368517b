import "server-only";

import type { z } from "zod";

import { PLATFORMS } from "@/db/vocabulary/accounts";
import type { appInput, memberInput } from "@/domain/accounts/input";

import { readBox, readChoice, readText } from "./form-fields";

/** The form of a member, new or known; `asNew` says which. */
export function readMember(form: FormData): z.input<typeof memberInput> {
  return {
    accountId: readText(form, "accountId"),
    email: readText(form, "email"),
    name: readText(form, "name"),
    role: readChoice(form, "role"),
    ...(form.has("memberLocale") && { locale: readChoice(form, "memberLocale") }),
    asNew: readBox(form, "asNew"),
    ...(form.has("memberId") && { memberId: readText(form, "memberId") }),
  };
}

/** The form of an app, new or known, with a line per platform. */
export function readApp(form: FormData): z.input<typeof appInput> {
  return {
    accountId: readText(form, "accountId"),
    sdkAppId: readText(form, "sdkAppId"),
    name: readText(form, "name"),
    productId: readText(form, "productId"),
    region: readChoice(form, "region"),
    apiOnly: readText(form, "apiOnly") === "yes",
    platforms: Object.fromEntries(
      PLATFORMS.map((platform) => [platform, readText(form, `platforms.${platform}`)]),
    ),
    asNew: readBox(form, "asNew"),
  };
}
