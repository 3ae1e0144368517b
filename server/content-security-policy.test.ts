import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import { describe, expect, test } from "vitest";

import { contentSecurityPolicy } from "./content-security-policy";

describe("the policy", () => {
  test("a page with a nonce runs no other script", () => {
    const policy = contentSecurityPolicy({ nonce: "abc" });
    expect(policy).toMatch(/script-src 'self' 'nonce-abc' 'sha256-[^ ]+' 'strict-dynamic';/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  test("nothing evaluates code outside development, frames us, or sends a form elsewhere", () => {
    const policy = contentSecurityPolicy({ nonce: "abc" });
    expect(policy).not.toContain("unsafe-eval");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("form-action 'self'");
  });

  test("a form may lead to the identity provider, because browsers follow its redirect under form-action", () => {
    const policy = contentSecurityPolicy({ nonce: "abc", identityProvider: "https://id.example" });
    expect(policy).toContain("form-action 'self' https://id.example");
  });

  test("csp_evaluator finds nothing to mend in it", () => {
    const { csp } = new CspParser(contentSecurityPolicy({ nonce: "8IBTHwOdqNKAWeKl7plt8g==" }));
    const findings = new CspEvaluator(csp).evaluate();
    // "info" and the "maybe" of 'self', which 'strict-dynamic' overrules, are no findings.
    const grave = findings.filter(({ severity }) => severity <= Severity.MEDIUM);
    expect(grave.map(({ directive, description }) => `${directive}: ${description}`)).toEqual([]);
  });
});
