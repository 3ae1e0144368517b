import "server-only";
import { z } from "zod";

import type { Locale } from "@/db/vocabulary/languages";
import { type Proof, proofText } from "@/domain/audit/proof";
import type { Context } from "@/domain/context";
import { type Gathering, noteGathered, openEvidence } from "@/domain/evidence/gather";
import {
  listGatheredEntries,
  listTellings,
  readDeliveries,
  readGatheredProofs,
  readTelling,
} from "@/domain/evidence/gathered";
import { readOwnAnswer, readStaffAnswer } from "@/domain/requests/answer-sheet";
import { readReceipt } from "@/domain/requests/receipt";
import { type BundleFile, zipOf } from "@/lib/bundle-zip";
import { formatDateTime } from "@/lib/format";
import { hashOf, sha256Hex } from "@/lib/hash";
import { shanghaiDay } from "@/lib/shanghai";
import { translator } from "@/messages/translator";

import { csvText } from "./csv";
import {
  bytesOf,
  checkers,
  contentOf,
  hashesIn,
  type HashField,
  inAllLanguages,
  json,
  mailParts,
  type Part,
  postParts,
  readmeEnd,
  requestText,
  shownParts,
  type Sealed,
  stampParts,
  versionParts,
} from "./evidence-parts";
import { orNone } from "./or-none";

/** Proofs that are made together. */
const PROOFS = 200;

type Asked = Parameters<typeof openEvidence>[1];

/**
 * All there is about an account, an app, a request or a telling, or of some days, as one zip that comes
 * piece by piece: however much it is, one file of it and a line for each are held (docs/decisions/068).
 * Who began to take it and which bundle it was goes on the record. @throws NotFound
 */
export async function gatherEvidence(ctx: Context, asked: Asked) {
  const gathering = await openEvidence(ctx, asked);
  const { scope, openedAt } = gathering;
  const name = `evidence-${scope}-${shanghaiDay(openedAt)}.zip`;
  return { name, pieces: zipOf(filesOf(ctx, gathering)) };
}

/** What is known of a bundle's files once they have gone. */
type Gone = {
  files: { path: string; sha256: string }[];
  /** Files that an entry may seal by their hash. */
  stated: { file: string; hash: string }[];
  /** Lists of posts, each with the root that an entry may hold. */
  posted: { file: string; root: string }[];
  /** The entries, a line each: what a spreadsheet opens. */
  lines: string[][];
  /** Where a hash stands on the record. */
  named: Map<string, { proof: string; field: HashField }>;
  counts: { tellings: number; entries: number; waiting: number };
  /** Checkpoints that proofs lead to and that have a time stamp, by their sizes. */
  stamped: Set<number>;
  /** The day to begin the next bundle with, where there was more than one holds. */
  next: string | null;
};

/** The files in turn, the list of them last. */
async function* filesOf(ctx: Context, gathering: Gathering): AsyncGenerator<BundleFile> {
  const gone: Gone = {
    ...{
      files: [],
      stated: [],
      posted: [],
      lines: [],
      named: new Map(),
      stamped: new Set(),
      next: null,
    },
    counts: { tellings: 0, entries: 0, waiting: 0 },
  };
  for await (const [path, content] of partsOf(ctx, { gathering, gone })) {
    gone.files.push({ path, sha256: sha256Hex(content) });
    yield [path, bytesOf(content)];
  }
  const manifest = manifestOf(gathering, gone);
  await noteGathered(ctx, { gathering, manifestHash: sha256Hex(manifest) });
  yield ["manifest.json", new TextEncoder().encode(manifest)];
}

function manifestOf(
  gathering: Gathering,
  { files, stated, posted, named, counts, next }: Gone,
): string {
  const { scope, id, name, days, openedAt } = gathering;
  const sealed = stated.flatMap(({ file, hash }): Sealed[] => {
    const entry = named.get(hash);
    return entry ? [{ file, ...entry }] : [];
  });
  const postsIn = posted.flatMap(({ file, root }) => {
    const entry = named.get(root);
    return entry ? [{ file, proof: entry.proof }] : [];
  });
  return json({
    ...{ format: "gaozhi-bundle/1", takenAt: openedAt, about: { scope, id, name, ...days } },
    ...{ counts, next, files, sealed, posted: postsIn },
  });
}

type Making = { gathering: Gathering; gone: Gone };

async function* partsOf(ctx: Context, making: Making): AsyncGenerator<Part> {
  const { gathering, gone } = making;
  const { ids, isWhole } = await listTellings(ctx, { gathering });
  const about: string[] = [];
  const versions = new Set<string>();
  for (const broadcastId of ids) {
    const telling = await readTelling(ctx, { gathering, broadcastId });
    about.push(broadcastId, telling.broadcast.subjectId);
    yield* tellingParts(ctx, { ...making, telling });
    yield* contentParts(ctx, { ...making, telling, versions });
    gone.counts.tellings += 1;
    if (!isWhole && broadcastId === ids.at(-1)) beginNextAt(gone, telling.broadcast.startedAt);
  }
  if (gathering.scope === "request") yield* requestParts(ctx, making);
  yield* proofParts(ctx, { ...making, about });
  yield* await checkers(ctx);
  yield ["README.md", inAllLanguages((locale) => readmeIn(locale, making))];
}

type Telling = Awaited<ReturnType<typeof readTelling>>;

async function* tellingParts(
  ctx: Context,
  { gathering, gone, telling }: Making & { telling: Telling },
): AsyncGenerator<Part> {
  const { broadcast, facts, mails, posted } = telling;
  const folder = `tellings/${numbered(gone.counts.tellings + 1, 4)}-${broadcast.kind}`;
  gone.stated.push({ file: `${folder}/facts.json`, hash: hashOf(facts) });
  yield [`${folder}/facts.json`, json(facts)];
  yield* mailParts(folder, mails);
  for (const { file, value } of shownParts(folder, mails)) {
    gone.stated.push({ file, hash: hashOf(value) });
    yield [file, json(value)];
  }
  const { list, parts } = postParts(folder, posted);
  if (posted) gone.posted.push({ file: list, root: posted.root });
  yield* parts;
  // Of days as a whole it is told what was told; to whom, by the bundle of each telling.
  if (gathering.scope === "record") return;
  let after: string | null = null;
  let page = 0;
  do {
    const read: Awaited<ReturnType<typeof readDeliveries>> = await readDeliveries(ctx, {
      ...{ gathering, broadcastId: broadcast.id, after },
    });
    after = read.next;
    page += 1;
    const deliveries = json({ broadcast, deliveries: read.rows });
    yield [`${folder}/deliveries-${numbered(page, 4)}.json`, deliveries];
  } while (after);
}

/** The text of a version, once however often it was told of. */
async function* contentParts(
  ctx: Context,
  { gone, telling, versions }: Making & { telling: Telling; versions: Set<string> },
): AsyncGenerator<Part> {
  const { subjectId } = telling.broadcast;
  if (versions.has(subjectId)) return;
  versions.add(subjectId);
  // A text that is no longer to be had breaks off nothing: the bundle says by its list what it holds.
  const content = await orNone(contentOf(ctx, telling.seen));
  if (!content) return;
  const folder = `versions/${numbered(versions.size, 4)}`;
  gone.stated.push({ file: `${folder}/content.json`, hash: hashOf(content) });
  yield* versionParts(folder, content);
}

/** What was asked, each answer word for word, and the receipt of what was deleted. */
async function* requestParts(ctx: Context, { gathering, gone }: Making): AsyncGenerator<Part> {
  const { name: number, isAuditor } = gathering;
  yield ["request.json", json(await requestText(ctx, { number, isAuditor }))];
  const read = isAuditor ? readStaffAnswer : readOwnAnswer;
  for (let sequence = 1; ; sequence += 1) {
    const answer = await orNone(read(ctx, { number, sequence }));
    if (!answer) break;
    const file = `answers/${numbered(sequence, 2)}.json`;
    gone.stated.push({ file, hash: answer.hash });
    yield [file, json(answer.stated)];
  }
  const receipt = await orNone(readReceipt(ctx, { number }));
  if (!receipt) return;
  const { factsHash, isUnchanged, stated } = receipt;
  if (!isUnchanged) return;
  gone.stated.push({ file: "receipt.json", hash: factsHash });
  yield ["receipt.json", json(stated)];
}

async function* proofParts(
  ctx: Context,
  { gathering, gone, about }: Making & { about: string[] },
): AsyncGenerator<Part> {
  const { seqs: all, until } = await listGatheredEntries(ctx, { gathering, about });
  if (until) beginNextAt(gone, until);
  for (let from = 0; from < all.length; from += PROOFS) {
    const seqs = all.slice(from, from + PROOFS);
    const proofs = await readGatheredProofs(ctx, { gathering, seqs });
    gone.counts.waiting += seqs.length - proofs.length;
    for (const { file, action, stamp, size } of proofs) {
      gone.counts.entries += 1;
      if (stamp) gone.stamped.add(size);
      yield proofPart({ file, action, gone });
    }
  }
  yield* await stampParts(ctx, [...gone.stamped]);
  yield ["entries.csv", csvText([HEADER, ...gone.lines])];
}

const HEADER = [
  ...["proof", "place", "number", "at", "action"],
  ...["actorKind", "actorId", "subjectType", "subjectId"],
];
const listed = z.object({
  entry: z.object({ place: z.number(), seq: z.number(), at: z.string(), action: z.string() }),
  who: z.object({
    value: z.object({
      actor: z.object({ kind: z.string(), id: z.string() }),
      subject: z.object({ type: z.string(), id: z.string() }),
    }),
  }),
});

function proofPart({ file, action, gone }: { file: Proof; action: string; gone: Gone }): Part {
  const proof = `proofs/${numbered(gone.counts.entries, 6)}-${action}.json`;
  for (const [field, hash] of hashesIn(file.what?.value))
    if (!gone.named.has(hash)) gone.named.set(hash, { proof, field });
  const { entry, who } = listed.parse(file);
  const { actor, subject } = who.value;
  const numbers = [String(entry.place), String(entry.seq), entry.at, entry.action];
  gone.lines.push([proof, ...numbers, actor.kind, actor.id, subject.type, subject.id]);
  return [proof, proofText(file)];
}

/** Of tellings and entries, whichever broke off earlier. */
function beginNextAt(gone: Gone, moment: Date): void {
  const day = shanghaiDay(moment);
  if (!gone.next || day < gone.next) gone.next = day;
}

const numbered = (count: number, digits: number): string => String(count).padStart(digits, "0");

/** What it is about and what is in it, how to check it, and what it does and does not prove. */
function readmeIn(locale: Locale, { gathering, gone: { counts, next, stamped } }: Making): string {
  const t = translator(locale, "verify");
  const { scope, name, id, days, openedAt } = gathering;
  const parts = [
    `# ${t("bundle.title")}`,
    t(`gathered.about.${scope}`, { name, id }),
    ...(days.from || days.to
      ? [t("gathered.days", { from: days.from ?? "…", to: days.to ?? "…" })]
      : []),
    t("bundle.taken", { at: formatDateTime(openedAt, locale) }),
    t("gathered.counts", counts),
    ...(counts.waiting > 0 ? [t("bundle.waiting", { count: counts.waiting })] : []),
    ...(next ? [t("gathered.cut", { day: next })] : []),
    `## ${t("bundle.filesTitle")}`,
    FILES.map((file) => `- ${t(`gathered.files.${file}`)}`).join("\n"),
    ...readmeEnd(t, stamped.size > 0),
  ];
  return `${parts.join("\n\n")}\n`;
}

const FILES = ["tellings", "versions", "proofs", "keys", "list"] as const;
