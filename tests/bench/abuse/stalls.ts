import { eq } from "drizzle-orm";
import JSZip from "jszip";

import { db } from "@/db/client";
import { policyDocuments, policyVersions } from "@/db/schema";
import { builtActions } from "@/tests/e2e/support/manifest";
import { cookieOf } from "@/tests/e2e/support/people";
import { argumentsOf } from "@/tests/e2e/support/posts";
import { completeDraft, givenApproved, givenDesk, givenDraft } from "@/tests/support/policies";

import type { Waits, Watched } from "./watched";

/** Milliseconds that each kind of work goes on for, and how many ask for it beside each other. */
const LASTS = 15_000;
const BESIDE = 6;

const many = (count: number, text: string, between = "\n") => Array(count).fill(text).join(between);

/** Just within what is let in, and among the slowest of it to read, compare or show. */
const LARGEST: Record<string, string> = {
  headings: many(400, "## 一个标题"),
  links: `${many(990, "[a]")}\n\n[a]: https://a.example`,
  table: `|a|b|\n|-|-|\n${many(990, `|${"字，和".repeat(30)}|${"字，和".repeat(30)}|`)}`,
  items: many(2_990, "- 一项"),
  marks: many(2_500, "**x**", " "),
  clauses: many(330, "字，和".repeat(300), "\n\n"),
  long: many(270, "个人信息，".repeat(220), "\n\n"),
};
/** Far beyond it: counted and refused. */
const BEYOND: Record<string, string> = {
  headings: many(20_000, "## h"),
  items: many(60_000, "- x"),
  references: `${many(30_000, "[a]")}\n\n[a]: https://a.example`,
  emphasis: "a *b ".repeat(60_000),
};

/** How long /healthz waits while authors save and import, and strangers read and compare, the worst there is. */
export async function* stalls(portal: Watched): AsyncGenerator<string> {
  const { origin } = portal;
  const cookie = await cookieOf("author");
  const desk = await givenDesk();
  const drafts: Draft[] = [];
  for (let n = 0; n < BESIDE; n += 1)
    drafts.push(await givenDraft(await givenDesk(), { text: "# 一、引言\n\n甲" }));
  const read = { first: "9.0", second: "9.1" };
  const table = LARGEST.table ?? "";
  await givenApproved(desk, { label: read.first, text: table });
  await givenApproved(desk, {
    ...{ label: read.second, effectiveDate: "2026-01-06" },
    text: table.replaceAll("字", "子"),
  });

  const ids = new Map(builtActions().map(({ id, name }) => [name.split("#")[1] ?? "", id]));
  const post = async (action: string, entries: [string, string | File][], draft: Draft) => {
    const answer = await fetch(`${origin}/zh-CN/ops/policies/${draft.documentId}/${draft.id}`, {
      ...{ method: "POST", body: argumentsOf(entries) },
      headers: { origin, cookie, "next-action": ids.get(action) ?? "", accept: "text/x-component" },
    });
    // What is refused is a short answer that says so.
    const isRefused = (await answer.text()).includes('"status":"refused"');
    count(`${action} ${answer.status}${isRefused ? " refused" : ""}`);
  };
  const revisionOf = async ({ id }: Draft) => {
    const [row] = await db.select().from(policyVersions).where(eq(policyVersions.id, id));
    return row?.revision ?? 0;
  };
  const save = async (text: string, draft: Draft) => {
    const { changes, majorAnswers } = completeDraft({ id: draft.id, revision: 0 });
    await post(
      "compose",
      [
        ...entriesOf({ versionId: draft.id, revision: String(await revisionOf(draft)) }),
        ...entriesOf({ label: "1.0", effectiveDate: "2027-01-05", intent: "save" }),
        ...entriesOf({
          "texts.zh-CN": text,
          "changes.0.text.zh-CN": changes[0]?.text["zh-CN"] ?? "",
        }),
        ...Object.keys(majorAnswers).map((key): [string, string] => [`majorAnswers.${key}`, ""]),
      ],
      draft,
    );
  };
  const bring = async (file: File, draft: Draft) =>
    post(
      "importFile",
      [
        ...entriesOf({ versionId: draft.id, revision: String(await revisionOf(draft)) }),
        ...entriesOf({ textLocale: "zh-CN" }),
        ["file", file],
      ],
      draft,
    );
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${origin}/zh-CN${path}`, { headers });
    count(`read ${answer.status}`);
    await answer.arrayBuffer();
  };
  const [slug] = await db
    .select({ slug: policyDocuments.slug })
    .from(policyDocuments)
    .where(eq(policyDocuments.id, desk.documentId));
  const changes = `/policies/${slug?.slug}/${read.second}/changes`;
  const files = await importedFiles();

  const rounds: Record<string, (at: number, turn: number) => Promise<void>> = {
    "nothing else": () => new Promise((resolve) => setTimeout(resolve, 100)),
    "saves within the limits": (at, turn) => save(pick(LARGEST, turn), drafts[at] as Draft),
    "saves far beyond them": (at, turn) => save(pick(BEYOND, turn), drafts[at] as Draft),
    imports: (at, turn) => bring(files[turn % files.length] as File, drafts[at] as Draft),
    "drafts read by authors": (at) =>
      get(`/ops/policies/${drafts[at]?.documentId}/${drafts[at]?.id}`, { cookie }),
    // Each of a network of its own, and with a session, for whom nothing is kept.
    "comparisons read by strangers": (at, turn) =>
      get(
        `${changes}?since=${read.first}&view=${["all", "changed"][turn % 2]}`,
        networkOf(at, turn),
      ),
    "comparisons read by the signed-in": (at, turn) =>
      get(`${changes}?since=${read.first}&part=${turn % 7}`, { cookie, ...networkOf(at, turn) }),
    "large texts read by the signed-in": () =>
      get(`/policies/${slug?.slug}/${read.second}`, { cookie }),
  };
  yield "/healthz, asked ten times a second, in ms:";
  for (const [what, play] of Object.entries(rounds)) {
    counts.clear();
    yield lineOf(what, await portal.during(() => goOn(play)));
  }
}

type Draft = { id: string; documentId: string };

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

const pick = (texts: Record<string, string>, turn: number): string => {
  const all = Object.values(texts);
  // Another text each time, so that nothing is answered from memory.
  return `${all[turn % all.length]}\n\n第 ${turn} 次`;
};

const entriesOf = (values: Record<string, string>): [string, string][] => Object.entries(values);

const networkOf = (at: number, turn: number) => ({
  "x-forwarded-for": `198.51.${at}.${turn % 250}`,
});

/** Several beside each other, each its next as soon as its last is answered. */
async function goOn(play: (at: number, turn: number) => Promise<void>): Promise<void> {
  const end = performance.now() + LASTS;
  let turn = 0;
  const one = async (at: number) => {
    while (performance.now() < end) await play(at, (turn += 1));
  };
  await Promise.all(Array.from({ length: BESIDE }, (_, at) => one(at)));
}

/** A Word document as large as is let in, one that is larger, and text files of 10 MB. */
async function importedFiles(): Promise<File[]> {
  const main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const document = async (paragraphs: number) => {
    const zip = new JSZip();
    const body = many(
      paragraphs,
      "<w:p><w:r><w:t>个人信息，我们会说明用途。</w:t></w:r></w:p>",
      "",
    );
    zip.file(
      "word/document.xml",
      `<w:document xmlns:w="${main}"><w:body>${body}</w:body></w:document>`,
    );
    return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
  };
  return [
    new File([(await document(2_900)) as never], "largest.docx"),
    new File([(await document(60_000)) as never], "beyond.docx"),
    new File([many(2_900, "个人信息，我们会说明用途。".repeat(20), "\n\n")], "largest.md"),
    new File([many(150_000, "1. 个人信息，我们会说明用途。")], "beyond.txt"),
  ];
}

function lineOf(what: string, { asked, p50, p99, most }: Waits): string {
  const said = [...counts].map(([kind, n]) => `${n} × ${kind}`).join(", ");
  const cell = (ms: number) => ms.toFixed(1).padStart(8);
  return `  ${what.padEnd(36)} p50 ${cell(p50)}  p99 ${cell(p99)}  most ${cell(most)}  of ${asked}; ${said}`;
}
