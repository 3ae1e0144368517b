import "server-only";
import { readFile } from "node:fs/promises";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { inRoot } from "@/lib/paths";
import { translator } from "@/messages/translator";

/** The words of a page without a server, by the names that its script calls them. */
function wordsIn(locale: Locale) {
  const t = translator(locale, "verify");
  return {
    ...{ title: t("bundle.title"), choose: t("bundle.choose"), checking: t("checking") },
    ...{ records: t("bundle.records"), bound: t("bundle.bound"), key: t("key") },
    ...{ compare: t("bundle.files.keys"), not: t("bundle.notTitle") },
    ...{ stamps: t("bundle.stamps"), stampNote: t("bundle.stampNote") },
    stamp: t("bundle.stamp", { at: "{at}", proofs: "{proofs}" }),
    holds: t("bundle.holds", { files: "{files}", proofs: "{proofs}" }),
    fails: t("bundle.fails", { file: "{file}" }),
    failsAt: t("bundle.failsAt", { byte: "{byte}" }),
    parts: Object.fromEntries(PARTS.map((part) => [part, t(`bundle.part.${part}`)])),
    points: POINTS.map((point) => t(`bundle.not.${point}`)),
  };
}

const PARTS = ["missing", "extra", "hash", "sealed", "stamp"] as const;
const POINTS = ["deliveries", "reading", "hand", "clock"] as const;

/**
 * The page inside a bundle that checks the bundle it lies in: one file, both languages, opened from a
 * disk, with no network. It holds the two checking files as they are, but for their command lines.
 */
export async function verifyPage(): Promise<string> {
  const [proof, bundle] = await Promise.all([partOf("verify.mjs"), partOf("verify-bundle.mjs")]);
  const code = `const { canonical, check } = (() => {\n${proof}\nreturn { canonical, check };\n})();\n${bundle}`;
  const words = Object.fromEntries(LOCALES.map((locale) => [locale, wordsIn(locale)]));
  return PAGE.replace("/*CODE*/", () => code).replace("/*WORDS*/", () =>
    JSON.stringify(words).replaceAll("<", "\\u003c"),
  );
}

async function partOf(name: string): Promise<string> {
  const source = await readFile(inRoot("public", name), "utf8");
  return source
    .replaceAll(/^import .*\n/gm, "")
    .replaceAll(/^export /gm, "")
    .replaceAll(/^async function main[^]*?^}\n|^if \(globalThis\.process.*\n/gm, "");
}

const PAGE = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>证据包 · Bundle of evidence</title>
<style>
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
body { max-width: 46rem; margin: 2.5rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin-top: 1.6rem }
.result { border: 1px solid; border-left-width: 6px; border-radius: 6px; padding: .6rem 1rem; margin-top: 1rem; overflow-wrap: anywhere }
.good { border-color: #1a7f4b } .bad { border-color: #c0362c }
li { overflow-wrap: anywhere } code { font-size: .9em }
</style>
<body>
<script type="module">
/*CODE*/
const WORDS = /*WORDS*/;
const t = WORDS[navigator.language.startsWith("zh") ? "zh-CN" : "en"];
document.documentElement.lang = t === WORDS.en ? "en" : "zh-CN";
document.title = t.title;
function add(name, text, to = document.body) {
  const made = document.createElement(name);
  made.textContent = text;
  to.append(made);
  return made;
}
const fill = (text, values) => text.replace(/\\{(\\w+)\\}/g, (_, name) => values[name]);
add("h1", t.title);
const label = add("label", t.choose + " ");
const input = add("input", "", label);
Object.assign(input, { type: "file", multiple: true, webkitdirectory: true });
const result = add("div", "");
result.setAttribute("role", "status");
add("h2", t.not);
const not = add("ul", "");
for (const point of t.points) add("li", point, not);
input.addEventListener("change", async () => {
  result.textContent = t.checking;
  const files = new Map();
  for (const file of input.files) {
    const path = file.webkitRelativePath.split("/").slice(1).join("/") || file.name;
    files.set(path, new Uint8Array(await file.arrayBuffer()));
  }
  const { fault, proofs, list, stamps } = await checkBundle(files);
  result.textContent = "";
  const box = add("div", "", result);
  box.className = "result " + (fault ? "bad" : "good");
  if (fault) {
    const at = fault.byte === null ? "" : " " + fill(t.failsAt, fault);
    add("p", fill(t.fails, fault) + " " + (t.parts[fault.part] ?? fault.part) + at, box);
    return;
  }
  add("p", fill(t.holds, { files: files.size, proofs: proofs.size }), box);
  const keys = [...proofs.values()].map(({ proof }) => proof.key.publicKey);
  for (const key of new Set(keys)) add("p", t.key + " " + key, box);
  add("p", t.compare, box);
  add("h2", t.records, result);
  const records = add("ol", "", result);
  for (const { proof, sealedAt } of proofs.values())
    add("li", proof.entry.at + " " + proof.entry.action + " (" + sealedAt + ")", records);
  if (stamps.length > 0) {
    add("h2", t.stamps, result);
    const times = add("ul", "", result);
    for (const stamp of stamps) add("li", fill(t.stamp, stamp) + " (" + stamp.file + ")", times);
    add("p", t.stampNote, result);
  }
  add("h2", t.bound, result);
  const bound = add("ul", "", result);
  for (const { file, proof } of list.sealed) add("li", file + " ← " + proof, bound);
});
</script>
</body>
</html>
`;
