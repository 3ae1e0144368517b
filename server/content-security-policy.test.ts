import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { contentSecurityPolicy, isPublicPage, PUBLIC_SECTIONS } from "./content-security-policy";

describe("which pages may be prerendered", () => {
  test("exactly the folders of the public part, so that no private page loses its nonce", () => {
    const folders = readdirSync("app/[locale]/(public)", { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name))
      .map(({ name }) => name)
      .filter((name) => name !== "story");
    expect(PUBLIC_SECTIONS.toSorted()).toEqual(folders.toSorted());
  });

  test.each([
    ["/zh-CN", true],
    ["/en/policies/privacy-guide/3.2", true],
    ["/en/policiesx", false],
    ["/zh-CN/home", false],
    ["/zh-CN/ops/policies", false],
  ])("%s: %s", (pathname, isPublic) => {
    expect(isPublicPage(pathname)).toBe(isPublic);
  });
});

describe("the policy", () => {
  test("a page with a nonce runs no other script", () => {
    const policy = contentSecurityPolicy({ nonce: "abc" });
    expect(policy).toMatch(/script-src 'self' 'nonce-abc' 'sha256-[^ ]+' 'strict-dynamic';/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  test("nothing evaluates code outside development, frames us, or sends a form elsewhere", () => {
    for (const nonce of ["abc", undefined]) {
      const policy = contentSecurityPolicy({ nonce });
      expect(policy).not.toContain("unsafe-eval");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("form-action 'self'");
    }
  });

  test("a form may lead to the identity provider, because browsers follow its redirect under form-action", () => {
    const policy = contentSecurityPolicy({ identityProvider: "https://id.example" });
    expect(policy).toContain("form-action 'self' https://id.example");
  });
});
