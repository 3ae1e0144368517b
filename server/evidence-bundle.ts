import "server-only";
import { readFile } from "node:fs/promises";
import { z } from "zod";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { listRecordKeys } from "@/domain/audit/checkpoint";
import { proofText } from "@/domain/audit/proof";
import type { Context } from "@/domain/context";
import { type Evidence, noteEvidence, readEvidence } from "@/domain/evidence/take-evidence";
import { readCopy } from "@/domain/policies/read-copy";
import { type BundleFiles, packBundle } from "@/lib/bundle-zip";
import { formatDateTime } from "@/lib/format";
import { canonicalJson, hashOf, sha256Hex } from "@/lib/hash";
import { inRoot } from "@/lib/paths";
import { translator } from "@/messages/translator";
import { announcementTitle, incidentTitle } from "@/wording/incident-notice";
import { policyTitle } from "@/wording/policy-change";
import { withdrawalTitle } from "@/wording/withdrawal";

import { verifyPage } from "./verify-page";

type About = { broadcastId: string; accountId: string };
/** A file whose canonical JSON an entry of the record seals by its hash in `field`. */
type Sealed = { file: string; proof: string; field: "contentHash" | "factsHash" };

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * One zip that shows, with nothing else at hand, how an account was told something and what it
 * answered (docs/decisions/057). That it was taken goes on the record. @throws NotFound
 */
export async function evidenceBundle(ctx: Context, about: About) {
  const evidence = await readEvidence(ctx, about);
  const files = await filesOf(ctx, evidence);
  const manifest = files.get("manifest.json") ?? "";
  await noteEvidence(ctx, { ...about, manifestHash: sha256Hex(manifest) });
  const bytes: BundleFiles = new Map();
  for (const [path, text] of files) bytes.set(path, new TextEncoder().encode(text));
  const day = evidence.takenAt.toISOString().slice(0, 10);
  return { name: `evidence-${evidence.account.uin}-${day}.zip`, bytes: await packBundle(bytes) };
}

/** The texts by their path, the list of them last. */
async function filesOf(ctx: Context, evidence: Evidence): Promise<Map<string, string>> {
  const { broadcast, account, takenAt, told, facts, mails } = evidence;
  const proofs = evidence.proofs.map(({ file, action }, index) => ({
    file,
    path: `proofs/${String(index + 1).padStart(3, "0")}-${action}.json`,
  }));
  const content = await contentOf(ctx, evidence);
  const keys = await listRecordKeys(ctx, {});
  const files = new Map([
    ["README.md", readmeOf(evidence)],
    ["told/facts.json", json(facts)],
    ["told/deliveries.json", json({ broadcast, account, takenAt, deliveries: told })],
    ...mails.flatMap(({ locale, subject, html, text }) => [
      [`told/mail.${locale}.html`, html] as const,
      [`told/mail.${locale}.txt`, `${subject}\n\n${text}`] as const,
    ]),
    ...(content ? versionFiles(content) : []),
    ...proofs.map(({ path, file }) => [path, proofText(file)] as const),
    ["keys.json", json({ keys })],
    ["verify.mjs", await published("verify.mjs")],
    ["verify-bundle.mjs", await published("verify-bundle.mjs")],
    ["verify.html", await verifyPage()],
  ]);
  const seals = { "told/facts.json": facts, ...(content && { "version/content.json": content }) };
  const sealed = Object.entries(seals).flatMap(([file, value]) => {
    const hash = hashOf(value);
    for (const field of ["factsHash", "contentHash"] as const) {
      const proof = proofs.find((one) => sealedHash(one.file.what?.value, field) === hash);
      if (proof) return [{ file, proof: proof.path, field } satisfies Sealed];
    }
    return [];
  });
  const list = [...files].map(([path, text]) => ({ path, sha256: sha256Hex(text) }));
  const { id, startedAt } = broadcast;
  files.set(
    "manifest.json",
    json({
      ...{ format: "gaozhi-bundle/1", takenAt, broadcast: { id, startedAt }, account },
      ...{ files: list, sealed },
    }),
  );
  return files;
}

const published = (name: string) => readFile(inRoot("public", name), "utf8");

/** What the version's fingerprint covers, where the telling is of a version that is public. */
async function contentOf(ctx: Context, { seen }: Evidence) {
  if (seen.kind !== "policy_change" && seen.kind !== "acknowledgement_reminder") return null;
  const { documentSlug: slug, label } = seen.facts;
  const { content } = await readCopy(ctx, { slug, label, locale: "zh-CN" });
  return content;
}

type VersionContent = NonNullable<Awaited<ReturnType<typeof contentOf>>>;

const versionFiles = (content: VersionContent) => [
  ["version/content.json", json(JSON.parse(canonicalJson(content)))] as const,
  ...Object.entries(content.texts).map(([locale, text]) => [`version/${locale}.md`, text] as const),
];

const hashed = z.object({ after: z.record(z.string(), z.unknown()) });

/** A hash that an entry's contents name. */
const sealedHash = (what: unknown, field: Sealed["field"]): unknown =>
  hashed.safeParse(what).data?.after[field];

/** What is in it, how to check it, and what it does and does not prove, in both languages. */
const readmeOf = (evidence: Evidence): string =>
  LOCALES.map((locale) => readmeIn(locale, evidence)).join("\n---\n\n");

function readmeIn(locale: Locale, { account, seen, takenAt, waiting, isWhole }: Evidence): string {
  const t = translator(locale, "verify");
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
  const parts = [
    `# ${t("bundle.title")}`,
    t("bundle.about", { account: account.name, uin: account.uin, title: titleOf(seen, locale) }),
    t("bundle.taken", { at: formatDateTime(takenAt, locale) }),
    ...(waiting > 0 ? [t("bundle.waiting", { count: waiting })] : []),
    ...(isWhole ? [] : [t("bundle.cut")]),
    `## ${t("bundle.filesTitle")}`,
    list(FILES.map((file) => t(`bundle.files.${file}`))),
    `## ${t("bundle.checkTitle")}`,
    list(CHECKS.map((check) => t(`bundle.check.${check}`))),
    `## ${t("bundle.provesTitle")}`,
    list(PROVES.map((point) => t(`bundle.proves.${point}`))),
    `## ${t("bundle.notTitle")}`,
    list(NOT.map((point) => t(`bundle.not.${point}`))),
    t("bundle.record"),
  ];
  return `${parts.join("\n\n")}\n`;
}

const FILES = ["facts", "mail", "deliveries", "version", "proofs", "keys", "list"] as const;
const CHECKS = ["page", "node", "openssl"] as const;
const PROVES = ["sealed", "bound", "answer"] as const;
const NOT = ["deliveries", "reading", "hand", "clock"] as const;

function titleOf(told: Evidence["seen"], locale: Locale): string {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return policyTitle(told, locale);
    case "incident_notice":
      return incidentTitle(told.facts, locale);
    case "announcement":
      return announcementTitle(told.facts, locale);
    case "withdrawal":
      return withdrawalTitle(told.facts, locale);
    default:
      throw new Error(`${told.kind} is told to a person, not to an account`);
  }
}
