import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";

import { childEnvironment } from "@/lib/env";

import { check, localEnvironment } from "./portal";

const PORTS = { port: 3999, standIn: 3998, console: 3997 };

afterEach(() => vi.unstubAllEnvs());

test.each([
  ["demo", undefined],
  ["development", "https://id.example"],
] as const)("a provider in the shell is ignored by nothing but the demo: %s", (mode, issuer) => {
  vi.stubEnv("OIDC_ISSUER", "https://id.example");
  vi.stubEnv("OIDC_CLIENT_ID", "somebody-elses");
  vi.stubEnv("OIDC_CLIENT_SECRET", "secret");
  vi.stubEnv("OIDC_NAME", "Company");
  const dataDir = mkdtempSync(join(tmpdir(), "gaozhi-portal-"));
  const given = { url: "postgresql://x@127.0.0.1:5432/x", dataDir, ...PORTS };
  const environment = localEnvironment(mode, given);
  expect(check(environment).OIDC_ISSUER).toBe(issuer);
  expect(childEnvironment(environment).OIDC_CLIENT_SECRET).toBe(issuer && "secret");
});

test("half a provider in the shell does not keep the demo from starting", () => {
  vi.stubEnv("OIDC_ISSUER", "https://id.example");
  const dataDir = mkdtempSync(join(tmpdir(), "gaozhi-portal-"));
  const given = { url: "postgresql://x@127.0.0.1:5432/x", dataDir, ...PORTS };
  expect(() => check(localEnvironment("demo", given))).not.toThrow();
});
