import "server-only";

import type { Locale } from "@/db/vocabulary/languages";
import { proofText } from "@/domain/audit/proof";
import type { Context } from "@/domain/context";
import {
  type Evidence,
  noteEvidence,
  readEvidence,
  type Seen,
} from "@/domain/evidence/take-evidence";
import {
  outcomeIn,
  readSelection,
  readSelectionProofs,
  type Selection,
} from "@/domain/incidents/selection";
import { NotFound } from "@/domain/errors";
import { type BundleFiles, packBundle } from "@/lib/bundle-zip";
import { formatDateTime } from "@/lib/format";
import { hashOf, sha256Hex } from "@/lib/hash";
import { translator } from "@/messages/translator";
import { announcementTitle, incidentTitle } from "@/wording/incident-notice";
import { ownPolicyReminderTitle } from "@/wording/own-policy-reminder";
import { policyTitle } from "@/wording/policy-change";
import { withdrawalTitle } from "@/wording/withdrawal";

import {
  bytesOf,
  checkers,
  contentOf,
  hashesIn,
  inAllLanguages,
  json,
  mailParts,
  type Part,
  postParts,
  readmeEnd,
  shownParts,
  type Sealed,
  stampParts,
  versionParts,
} from "./evidence-parts";
import { orNone } from "./or-none";

type About = { broadcastId: string; accountId: string };

/**
 * One zip that shows, with nothing else at hand, how an account was told something and what it
 * answered (docs/decisions/057), or that it was not told, and why by the frozen rule. That it was taken
 * goes on the record. @throws NotFound
 */
export async function evidenceBundle(ctx: Context, about: About) {
  const [evidence, selection] = [await readEvidence(ctx, about), await selectionOf(ctx, about)];
  // Nothing was told, and nothing says why: there is nothing to show.
  if (evidence.told.length === 0 && !selection) throw new NotFound("errors.notFound");
  const files = await filesOf(ctx, { ...evidence, selection });
  const manifest = files.get("manifest.json") ?? "";
  await noteEvidence(ctx, { ...about, manifestHash: sha256Hex(manifest) });
  const bytes: BundleFiles = new Map();
  for (const [path, content] of files) bytes.set(path, bytesOf(content));
  const day = evidence.takenAt.toISOString().slice(0, 10);
  return { name: `evidence-${evidence.account.uin}-${day}.zip`, bytes: await packBundle(bytes) };
}

/** Why it was told, and the proofs of what that rests on; null of what goes to whom another telling went. */
async function selectionOf(ctx: Context, about: About) {
  const found = await orNone(readSelection(ctx, about));
  return found && { found, proofs: await readSelectionProofs(ctx, about) };
}

type Taken = Evidence & { selection: Awaited<ReturnType<typeof selectionOf>> };

/** The texts by their path, the list of them last. */
async function filesOf(ctx: Context, evidence: Taken): Promise<Map<string, Part[1]>> {
  const { broadcast, account, takenAt, told, facts, mails, selection } = evidence;
  const known = new Set(evidence.proofs.map(({ entry }) => entry.seq));
  const further = selection?.proofs.filter(({ entry }) => !known.has(entry.seq)) ?? [];
  const proofs = [...evidence.proofs, ...further].map(({ file, action }, index) => ({
    file,
    path: `proofs/${String(index + 1).padStart(3, "0")}-${action}.json`,
  }));
  const [shown, content] = [shownParts("told", mails), await contentOf(ctx, evidence.seen)];
  const posts = postParts("told", evidence.posted);
  const stamps = await stampParts(
    ctx,
    [...evidence.proofs, ...further].flatMap(({ stamp, size }) => (stamp ? [size] : [])),
  );
  const isStamped = stamps.length > 0;
  const files = new Map<string, Part[1]>([
    ["README.md", inAllLanguages((locale) => readmeIn(locale, { ...evidence, isStamped }))],
    ["told/facts.json", json(facts)],
    ["told/deliveries.json", json({ broadcast, account, takenAt, deliveries: told })],
    ...mailParts("told", mails),
    ...shown.map(({ file, value }): Part => [file, json(value)]),
    ...posts.parts,
    ...(selection ? [["told/selection.json", json(selection.found)] as const] : []),
    ...(content ? versionParts("version", content) : []),
    ...proofs.map(({ path, file }): Part => [path, proofText(file)]),
    ...stamps,
    ...(await checkers(ctx)),
  ]);
  const seals = {
    "told/facts.json": facts,
    ...Object.fromEntries(shown.map(({ file, value }) => [file, value])),
    ...(content && { "version/content.json": content }),
  };
  const sealed = Object.entries(seals).flatMap(([file, value]): Sealed[] => {
    const hash = hashOf(value);
    for (const { path, file: proof } of proofs) {
      const named = hashesIn(proof.what?.value).find(([, one]) => one === hash);
      if (named) return [{ file, proof: path, field: named[0] }];
    }
    return [];
  });
  const root = evidence.posted?.root;
  const postsProof = proofs.find(({ file }) =>
    hashesIn(file.what?.value).some(([field, hash]) => field === "postsHash" && hash === root),
  );
  const posted = postsProof ? [{ file: posts.list, proof: postsProof.path }] : [];
  const list = [...files].map(([path, content]) => ({ path, sha256: sha256Hex(content) }));
  const { id, startedAt } = broadcast;
  files.set(
    "manifest.json",
    json({
      ...{ format: "gaozhi-bundle/1", takenAt, broadcast: { id, startedAt }, account },
      ...{ files: list, sealed, posted },
    }),
  );
  return files;
}

/** What is in it, how to check it, and what it does and does not prove. */
function readmeIn(locale: Locale, evidence: Taken & { isStamped: boolean }): string {
  const { account, seen, takenAt, told, selection, waiting, isWhole, isStamped } = evidence;
  const t = translator(locale, "verify");
  const parts = [
    `# ${t("bundle.title")}`,
    t(told.length > 0 ? "bundle.about" : "bundle.notTold", {
      ...{ account: account.name, uin: account.uin, title: titleOf(seen, locale) },
    }),
    ...(told.length > 0 || !selection ? [] : [whyNotTold(selection.found, locale)]),
    t("bundle.taken", { at: formatDateTime(takenAt, locale) }),
    ...(waiting > 0 ? [t("bundle.waiting", { count: waiting })] : []),
    ...(isWhole ? [] : [t("bundle.cut")]),
    `## ${t("bundle.filesTitle")}`,
    FILES.map((file) => `- ${t(`bundle.files.${file}`)}`).join("\n"),
    ...readmeEnd(t, isStamped),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** What came of the account, and the frozen rule held against each of its apps, in words. */
function whyNotTold(found: Selection, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  return [
    t(`selection.${outcomeIn(found)}`),
    ...(found.apps.length === 0 ? [t("selection.noApps")] : []),
    ...found.apps.map(
      ({ name, sdkAppId, leftOut }) =>
        `- ${name} ${sdkAppId}: ${t(leftOut ? `selection.why.${leftOut}` : "selection.why.in")}`,
    ),
  ].join("\n");
}

const FILES = [
  "facts",
  "mail",
  "shown",
  "deliveries",
  "posts",
  "version",
  "proofs",
  "keys",
  "list",
] as const;

function titleOf(told: Seen, locale: Locale): string {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return policyTitle(told, locale);
    case "own_policy_reminder":
      return ownPolicyReminderTitle(told.facts, locale);
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
