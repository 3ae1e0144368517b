import "server-only";
import { readFile } from "node:fs/promises";
import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import { listRecordKeys } from "@/domain/audit/checkpoint";
import { readTimeStamps } from "@/domain/audit/stamp-record";
import type { postsTo } from "@/domain/broadcasts/posted";
import { shownOf } from "@/domain/broadcasts/render-mail";
import type { Context } from "@/domain/context";
import { readCopy } from "@/domain/policies/read-copy";
import { readOwnRequest } from "@/domain/requests/read-own";
import { readStaffRequest } from "@/domain/requests/read-staff-request";
import type { Seen } from "@/domain/evidence/take-evidence";
import { env } from "@/lib/env";
import { canonicalJson } from "@/lib/hash";
import { inRoot } from "@/lib/paths";
import type { translator } from "@/messages/translator";

import { verifyPage } from "./verify-page";

/** A file of a bundle: its path, its text or bytes. */
export type Part = readonly [path: string, content: string | Uint8Array<ArrayBuffer>];
/** A file whose canonical JSON an entry of the record seals by its hash in `field`. */
export type Sealed = { file: string; proof: string; field: HashField };

export const HASH_FIELDS = [
  ...(["factsHash", "shownHash", "contentHash", "answerHash", "certificateHash"] as const),
  "postsHash",
] as const;
export type HashField = (typeof HASH_FIELDS)[number];

export const bytesOf = (content: Part[1]): Uint8Array<ArrayBuffer> =>
  typeof content === "string" ? new TextEncoder().encode(content) : content;

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What checks a bundle, and the keys to check it with. */
export async function checkers(ctx: Context): Promise<Part[]> {
  const own = ["verify.mjs", "verify-bundle.mjs", "verify.py"].map(
    async (name) => [name, await readFile(inRoot("public", name), "utf8")] as const,
  );
  return [
    ["keys.json", json({ keys: await listRecordKeys(ctx, {}) })],
    ...(await Promise.all(own)),
    ["verify.html", await verifyPage()],
  ];
}

/**
 * The time stamps of the checkpoints that proofs lead to (docs/decisions/075): each token beside the note
 * that it is of, byte for byte, and the certificates it was checked by, where this process knows them.
 */
export async function stampParts(ctx: Context, sizes: readonly number[]): Promise<Part[]> {
  const stamps = await readTimeStamps(ctx, { sizes: [...new Set(sizes)] });
  const file = env().RECORD_TSA_CHAIN_FILE;
  const chain = file && stamps.length > 0 ? await readFile(file, "utf8").catch(() => null) : null;
  return [
    ...stamps.flatMap(({ size, note, token }): Part[] => [
      [`time-stamps/${size}.txt`, note],
      [`time-stamps/${size}.tst`, Uint8Array.from(token)],
    ]),
    ...(chain ? [["time-stamps/authority.pem", chain] as const] : []),
  ];
}

type Mail = Parameters<typeof shownOf>[0] & { locale: string };

/** What was shown in a language, where its hash is on the record: mail, message and popup, by its file. */
export const shownParts = (folder: string, mails: readonly Mail[]) =>
  mails.flatMap((mail) =>
    mail.shown ? [{ file: `${folder}/shown.${mail.locale}.json`, value: shownOf(mail) }] : [],
  );

/** The mail of a telling in each language, as it was rendered. */
export const mailParts = (folder: string, mails: readonly Mail[]): Part[] =>
  mails.flatMap(({ locale, subject, html, text }) => [
    [`${folder}/mail.${locale}.html`, html] as const,
    [`${folder}/mail.${locale}.txt`, `${subject}\n\n${text}`] as const,
  ]);

type Posted = NonNullable<Awaited<ReturnType<typeof postsTo>>>;

/** What was posted, byte for byte, and the list of it with each post's way to the root on the record. */
export function postParts(folder: string, posted: Posted | null): { list: string; parts: Part[] } {
  const list = `${folder}/posts.json`;
  if (!posted) return { list, parts: [] };
  const named = posted.posts.map(({ body, ...post }, index) => ({
    ...{ body, file: `${folder}/posts/${String(index + 1).padStart(3, "0")}-${post.channel}.json` },
    post,
  }));
  const posts = named.map(({ file, post }) => ({ file, ...post }));
  return {
    list,
    parts: [
      [list, json({ root: posted.root, size: posted.size, posts })],
      ...named.map(({ file, body }) => [file, body] as const),
    ],
  };
}

/** What the version's fingerprint covers, where the telling is of a version that is public. */
export async function contentOf(ctx: Context, seen: Seen) {
  if (seen.kind !== "policy_change" && seen.kind !== "acknowledgement_reminder") return null;
  const { documentSlug: slug, label } = seen.facts;
  const { content } = await readCopy(ctx, { slug, label, locale: "zh-CN" });
  return content;
}

/**
 * A request word for word: what was asked, what was written to and by its requester since, and what was
 * brought, by name and hash. Its identifiers are in the requester's own alone: staff uncover them one case
 * at a time, each look on the record. The work of operations among themselves is in nobody's.
 */
export async function requestText(
  ctx: Context,
  { number, isAuditor }: { number: string; isAuditor: boolean },
) {
  const request = await (isAuditor ? staffText : ownText)(ctx, number);
  const { type, status, requesterKind, onBehalf, ground, appName, region } = request;
  const { receivedAt, dueDate, answeredAt, subjectCount, stopWords, events } = request;
  return {
    ...{ number, type, status, requesterKind, onBehalf, ground, appName, region },
    ...{ receivedAt, dueDate, answeredAt, facts: request.facts, details: request.details },
    ...{ subjectCount, ...(request.subjects && { subjects: request.subjects }), stopWords },
    events: events.map((event) => ({ status: event.status, at: event.at })),
    messages: request.messages.map(({ files, ...one }) => ({ ...one, files: named(files) })),
    files: named(request.files),
  };
}

async function ownText(ctx: Context, number: string) {
  const { messages, ...request } = await readOwnRequest(ctx, { number });
  const said = messages.map(({ isFromRequester, at, body, files }) => ({
    ...{ isFromRequester, at, text: body, files },
  }));
  return { ...request, messages: said };
}

async function staffText(ctx: Context, number: string) {
  const { messages, ...request } = await readStaffRequest(ctx, { number });
  const said = messages.filter(({ direction }) => direction !== "internal");
  return {
    ...request,
    messages: said.map(({ direction, at, text, files }) => ({
      ...{ isFromRequester: direction === "from_requester", at, text, files },
    })),
  };
}

const named = (files: readonly { name: string; sha256: string }[]) =>
  files.map(({ name, sha256 }) => ({ name, sha256 }));

export type VersionContent = NonNullable<Awaited<ReturnType<typeof contentOf>>>;

export const versionParts = (folder: string, content: VersionContent): Part[] => [
  [`${folder}/content.json`, json(JSON.parse(canonicalJson(content)))],
  ...Object.entries(content.texts).map(
    ([locale, text]) => [`${folder}/${locale}.md`, text] as const,
  ),
];

const hashed = z.object({ after: z.record(z.string(), z.unknown()) });

/** The hashes that an entry's contents name, with their fields. */
export function hashesIn(what: unknown): [field: HashField, hash: string][] {
  const after = hashed.safeParse(what).data?.after ?? {};
  return HASH_FIELDS.flatMap((field): [HashField, string][] => {
    const hash = after[field];
    return typeof hash === "string" ? [[field, hash]] : [];
  });
}

type Words = ReturnType<typeof translator<"verify">>;

/** How to check a bundle, and what it does and does not prove: the same of every one. */
export function readmeEnd(t: Words, isStamped: boolean): string[] {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
  return [
    `## ${t("bundle.checkTitle")}`,
    list([
      ...CHECKS.map((check) => t(`bundle.check.${check}`)),
      ...(isStamped ? [t("bundle.check.stamp", { command: STAMP_RECIPE })] : []),
    ]),
    `## ${t("bundle.provesTitle")}`,
    list([
      ...PROVES.map((point) => t(`bundle.proves.${point}`)),
      ...(isStamped ? [t("bundle.proves.stamp")] : []),
    ]),
    `## ${t("bundle.notTitle")}`,
    list(NOT.map((point) => t(`bundle.not.${point}`))),
    t("bundle.record"),
  ];
}

/** Of each stamp; N is its number. */
const STAMP_RECIPE = "openssl ts -verify -data N.txt -in N.tst -token_in -CAfile authority.pem";
const CHECKS = ["page", "node", "python", "openssl"] as const;
const PROVES = ["sealed", "bound", "answer"] as const;
const NOT = ["deliveries", "reading", "hand", "clock"] as const;

/** A text in every language, one after another. */
export const inAllLanguages = (text: (locale: (typeof LOCALES)[number]) => string): string =>
  LOCALES.map(text).join("\n---\n\n");
