import { describe, expect, test } from "vitest";

import { safeReturnPath } from "@/lib/return-path";

import {
  landing,
  PLAIN_LANDING,
  readRefusal,
  refusalOfProvider,
  safeLanding,
  signInPageFor,
} from "./oidc-landing";
import { destinationOf } from "./sign-in";

const ORIGIN = "https://notices.example";

describe("where a sign-in at the provider comes back to", () => {
  test("it keeps language and wish, and gives both back when it fails", () => {
    const wish = "/en/policies/im?since=3.1#sec-1";
    expect(signInPageFor(landing("en", wish), "cancelled")).toBe(
      `/en/sign-in?return=${encodeURIComponent(wish)}&error=cancelled`,
    );
    expect(signInPageFor(landing("zh-CN", ""), "unknown")).toBe("/zh-CN/sign-in?error=unknown");
    expect(signInPageFor(landing("zh-CN", ""), undefined)).toBe("/zh-CN/sign-in");
  });

  test("without a language the browser's decides", () => {
    expect(signInPageFor(PLAIN_LANDING, "failed")).toBe("/sign-in?error=failed");
  });

  test("a page of this site is its own wish", () => {
    expect(signInPageFor("/en/inbox", "failed")).toBe(
      "/en/sign-in?return=%2Fen%2Finbox&error=failed",
    );
  });

  test.each([landing("en", "//evil.example"), "//evil.example/en/x", "https://evil.example/en/x"])(
    "another site is no wish: %s",
    (path) => {
      expect(signInPageFor(path, "failed")).not.toContain("evil");
    },
  );

  test("an address of ours is taken as its path", () => {
    expect(safeLanding(`${ORIGIN}/en/inbox`, ORIGIN)).toBe("/en/inbox");
    expect(safeLanding("/en/inbox", ORIGIN)).toBe("/en/inbox");
  });

  test.each(["/zh-CN/policies/政策?q=告知", "/en/x?q=中\u2028文", "/zh-CN/受限\u2029"])(
    "a wish that no header can hold comes through the provider and back: %j",
    (wish) => {
      const kept = landing("zh-CN", safeReturnPath(wish, ""));
      for (const address of [kept, `${ORIGIN}${kept}`, `${ORIGIN}${landing("zh-CN", wish)}`]) {
        const back = new URL(safeLanding(address, ORIGIN), ORIGIN).searchParams.get("return");
        const person = { staffRoles: [], memberships: [{}] };
        const path = destinationOf(person, { returnPath: back ?? "", locale: "zh-CN" });
        expect(new Headers({ location: path }).get("location")).toBe(encodeURI(wish));
      }
      expect(safeLanding(wish, ORIGIN)).toBe(encodeURI(wish));
      const page = signInPageFor(kept, "failed");
      expect(new Headers({ location: page }).get("location")).toBe(page);
    },
  );

  test.each([
    "https://evil.example/",
    `${ORIGIN}.evil.example/x`,
    `${ORIGIN}//evil.example`,
    `${ORIGIN}@evil.example`,
    "//evil.example",
    "javascript:alert(1)",
    "",
  ])("any other becomes the plain landing: %s", (address) => {
    expect(safeLanding(address, ORIGIN)).toBe(PLAIN_LANDING);
  });
});

describe("why it led to nothing", () => {
  test.each([
    ["unknown", "unknown"],
    ["OAuthSignin", "unavailable"],
    ["OAuthCallback", "failed"],
    ["<script>", "failed"],
    [null, "failed"],
  ])("%s is told as %s", (word, refusal) => {
    expect(readRefusal(word)).toBe(refusal);
  });

  test.each([
    ["access_denied", "cancelled"],
    ["temporarily_unavailable", "unavailable"],
    ["invalid_scope", "failed"],
  ])("the provider's %s is told as %s", (error, refusal) => {
    expect(refusalOfProvider(error)).toBe(refusal);
  });
});
