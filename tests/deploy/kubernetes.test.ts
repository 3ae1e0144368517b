import fs from "node:fs";
import { expect, test } from "vitest";

import { ENV_VARIABLES, readEnv } from "@/lib/env";
import { SECRET_NAMES } from "@/lib/env-files";
import { inRoot } from "@/lib/paths";

const text = fs.readFileSync(inRoot("deploy", "kubernetes.yaml"), "utf8");

/** The things of the list, by kind and name: "Deployment gaozhi-web". */
const things = new Map(
  text.split(/^ {2}- (?=apiVersion:)/m).flatMap((part): [string, string][] => {
    const [, kind] = /^ {4}kind: (\w+)$/m.exec(part) ?? [];
    const [, name] = /^ {4}metadata: \{ name: ([\w-]+) \}$/m.exec(part) ?? [];
    return kind && name ? [[`${kind} ${name}`, part]] : [];
  }),
);
const thing = (name: string): string => things.get(name) ?? "";
const settings = Object.fromEntries(
  [...thing("ConfigMap gaozhi").matchAll(/^ {6}([A-Z_]+): (.+)$/gm)].map(([, name, value]) => [
    name ?? "",
    value ?? "",
  ]),
);
const PODS = ["Job gaozhi-migrate", "Deployment gaozhi-web", "Deployment gaozhi-worker"];

test("it holds what one installation needs", () => {
  expect([...things.keys()]).toEqual([
    "ConfigMap gaozhi",
    ...["Job gaozhi-migrate", "Deployment gaozhi-web"],
    ...["Service gaozhi-web", "Deployment gaozhi-worker"],
  ]);
});

test("its settings are settings of the portal, no secret among them, with which production starts", () => {
  const known = ENV_VARIABLES.map(({ name }) => name);
  expect(Object.keys(settings).length).toBeGreaterThan(2);
  expect(Object.keys(settings).filter((name) => !known.includes(name))).toEqual([]);
  expect(SECRET_NAMES.filter((name) => name in settings)).toEqual([]);
  const secrets = {
    DATABASE_URL: "postgresql://gaozhi_app:p@database/gaozhi?sslmode=verify-full",
    ...{ AUTH_SECRET: "s".repeat(40), DATA_KEY: Buffer.alloc(32, 1).toString("base64url") },
    ...{ RESEND_API_KEY: "re_key", RESEND_WEBHOOK_SECRET: "whsec_dGVzdHMtc2VjcmV0" },
  };
  const given = readEnv({ NODE_ENV: "production", ...settings, ...secrets });
  expect(given.secureCookies).toBe(true);
});

test("every process runs what there is, as nobody who owns anything, and writes to /tmp alone", () => {
  const { scripts } = JSON.parse(fs.readFileSync(inRoot("package.json"), "utf8"));
  for (const name of PODS) {
    const pod = thing(name);
    const [, words = ""] = /^ +command: \[(.+)\]$/m.exec(pod) ?? [];
    const [program = "", word = ""] = words.split(", ").slice(-2);
    if (program === "scripts/run.mjs") expect(scripts).toHaveProperty([word]);
    else expect(fs.existsSync(inRoot(word)), words).toBe(true);
    for (const wall of ["person", "walls", "mounts", "volumes"])
      expect(pod, name).toMatch(new RegExp(`: [&*]${wall}$`, "m"));
    expect(pod).toContain("automountServiceAccountToken: false");
  }
  expect(text).toMatch(
    /&walls\n +readOnlyRootFilesystem: true\n +allowPrivilegeEscalation: false\n +capabilities: \{ drop: \[ALL\] \}\n/,
  );
  expect(text).toMatch(/&person\n +runAsNonRoot: true\n/);
  expect(text).toMatch(/&mounts\n +- \{ name: tmp, mountPath: \/tmp \}\n/);
});

test("the migration alone knows the owner of the tables", () => {
  const know = [...things].filter(([, part]) => part.includes("OWNER"));
  expect(know.map(([name]) => name)).toEqual(["Job gaozhi-migrate"]);
});

test("the web process is asked where it listens, the worker where it tells its metrics", () => {
  const web = thing("Deployment gaozhi-web");
  const port = ENV_VARIABLES.find(({ name }) => name === "PORT")?.default ?? "";
  expect(web).toContain(`{ name: PORT, value: "${port}" }`);
  expect(web).toContain(`{ name: http, containerPort: ${port} }`);
  expect(thing("Service gaozhi-web")).toContain("targetPort: http");
  const probes = [...web.matchAll(/(\w+)Probe:\s+\{ httpGet: \{ path: \/(\w+), port: http \}/g)];
  expect(probes.map(([, probe, path]) => [probe, path])).toEqual([
    ["startup", "readyz"],
    ["liveness", "healthz"],
    ["readiness", "healthz"],
  ]);
  for (const [, , path = ""] of probes)
    expect(fs.existsSync(inRoot("app", path, "route.ts"))).toBe(true);
  const { METRICS_LISTEN_WORKER: listen } = settings;
  expect(thing("Deployment gaozhi-worker")).toContain(`http://${listen}/metrics`);
});
