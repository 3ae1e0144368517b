import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ESLint } from "eslint";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { inRoot } from "@/lib/paths";

/** What the root holds besides code: texts, what browsers get as it is, and what tools leave there. */
const NO_CODE = [
  "bench",
  "deploy",
  "docs",
  "node_modules",
  "playwright-report",
  "public",
  "test-results",
];

const rules = z
  .object({ forbidden: z.array(z.object({ name: z.string() })) })
  .parse(createRequire(import.meta.url)(inRoot(".dependency-cruiser.cjs")));

test("every top folder has a row in the import rules", () => {
  const guarded = rules.forbidden.flatMap(({ name }) => name.split("-imports-only-").slice(0, -1));
  const folders = readdirSync(inRoot(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .filter((name) => !NO_CODE.includes(name));

  expect(folders.filter((name) => !guarded.includes(name))).toEqual([]);
});

describe("one noun, one spelling, in every layer", () => {
  const rooms = roomsOf(readFileSync(inRoot("docs/vocabulary.md"), "utf8"));

  test.each(["domain", "components"])("the folders of %s are rooms of the vocabulary", (layer) => {
    const folders = readdirSync(inRoot(layer), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map(({ name }) => name).filter((name) => !rooms.includes(name))).toEqual([]);
  });

  test.each(["db/schema", "db/vocabulary", "messages/zh-CN", "messages/en"])(
    "the files of %s are rooms of the vocabulary",
    (layer) => {
      const names = readdirSync(inRoot(layer)).map((file) => path.parse(file).name);
      expect(names.filter((name) => name !== "index" && !rooms.includes(name))).toEqual([]);
    },
  );

  test("a room is read from the table, several of one row too", () => {
    expect(
      roomsOf("# A\n| x | y |\n## Rooms\n| room | what |\n| --- | --- |\n| a, b | c |"),
    ).toEqual(["room", "a", "b"]);
  });
});

describe("an address of the site is made of a place of app/[locale]", () => {
  const eslint = new ESLint({ cwd: inRoot() });

  test.each([
    [
      "a page put together by hand",
      "components/planted.tsx",
      "<Link href={`/requests/${number}`} />",
    ],
    ["a query spelt out", "components/planted.tsx", '<Link href="/ops/requests?view=mine" />'],
    ["a language put in front", "app/planted.ts", "redirect(`/${locale}/ops/${room}`)"],
    ["a language before any address", "server/planted.ts", "redirect(`/${locale}${address}`)"],
    ["a link of a mail", "jobs/planted.ts", "send(`${origin}/${locale}/contacts/confirm?token=1`)"],
    ["a file to save", "components/planted.tsx", "<a href={`${base}/receipts/${number}`} />"],
    ["an address as a text", "app/planted.tsx", "<p>/policies/{slug}</p>"],
    ["a page that is none", "domain/planted.ts", 'send("/ops/nowhere")'],
  ])("refused: %s", async (_, filePath, code) => {
    expect(await refusals(filePath, code)).toEqual(["house/addresses-are-made"]);
  });

  test.each([
    ["a place where nothing varies", "components/planted.tsx", '<Link href="/ops/requests" />'],
    ["what at makes", "server/planted.ts", "send(at(`${room}/requests/*`, number, { done: 1 }))"],
    ["an address of another site", "lib/planted.ts", "send(`${origin}/emails/${id}`)"],
    ["a place beside the pages", "server/planted.ts", 'send("/healthz", "/requestsheet")'],
    ["a test, which says what is right", "lib/planted.test.ts", 'send("/requests/R-1?new=1")'],
  ])("taken: %s", async (_, filePath, code) => {
    expect(await refusals(filePath, code)).toEqual([]);
  });

  async function refusals(filePath: string, code: string) {
    const [result] = await eslint.lintText(`${code};\n`, { filePath: inRoot(filePath) });
    return result?.messages.map(({ ruleId }) => ruleId).filter((id) => id?.startsWith("house/"));
  }
});

test("tables and things to do write a date short, prose in full", () => {
  const isList = (name: string, text: string) =>
    /-table\.tsx$/.test(name) || text.includes('from "@/components/ui/todo-list"');
  const long = /format(Short)?Date(Time)?\(|<Time at=\{[^}]*\} \/>|form="(full|date|short)"/;
  const wrong = ["app", "components"]
    .flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => `${root}/${name}`),
    )
    .filter((name) => name.endsWith(".tsx"))
    .filter((name) => {
      const text = readFileSync(name, "utf8");
      return isList(name, text) && long.test(text);
    });
  expect(wrong).toEqual([]);
});

describe("a tone is named in the table of its noun and nowhere else", () => {
  const eslint = new ESLint({ cwd: inRoot() });
  const page = "app/[locale]/(ops)/ops/planted/page.tsx";

  test.each([
    ["a shape put together on a page", page, 'import { Status } from "@/components/ui/status"'],
    ["a second table", "components/requests/planted.tsx", 'const TONES = { refused: "off" }'],
    ["a chip's tone chosen by a page", page, '<Chip tone={isLate ? "danger" : "plain"} />'],
  ])("refused: %s", async (_, filePath, code) => {
    expect(await told(filePath, code)).toHaveLength(1);
  });

  test.each([
    ["a table of a noun", "components/requests/planted-status.tsx", 'const TONES = { a: "off" }'],
    ["a chip that tells no state", page, "<Chip>{product}</Chip>"],
    ["a state as its noun shows it", page, "<RequestStatus status={status} />"],
  ])("taken: %s", async (_, filePath, code) => {
    expect(await told(filePath, code)).toEqual([]);
  });

  async function told(filePath: string, code: string) {
    const [result] = await eslint.lintText(`${code};\n`, { filePath: inRoot(filePath) });
    return result?.messages.filter(({ message }) => message.includes("-status.tsx"));
  }
});

describe("a page leaves its width to the layouts", () => {
  const eslint = new ESLint({ cwd: inRoot() });
  const page = "app/[locale]/(ops)/ops/planted/page.tsx";

  test.each([
    ["a width in steps", '<div className="mx-auto max-w-200" />'],
    ["a width in rem", '<div className="max-w-[40rem]" />'],
    ["an aside of its own", '<div className="xl:grid-cols-[minmax(0,1fr)_400px]" />'],
    ["a width among others", "<div className={`mt-4 ${look} lg:max-w-160`} />"],
  ])("refused: %s", async (_, code) => {
    expect(await told(code)).toHaveLength(1);
  });

  test.each([
    ["a width by its name", '<div className="max-w-form" />'],
    ["a field", '<input className="max-w-60" />'],
    ["columns of a row", '<li className="sm:grid-cols-[8em_minmax(0,1fr)]" />'],
  ])("taken: %s", async (_, code) => {
    expect(await told(code)).toEqual([]);
  });

  async function told(code: string) {
    const [result] = await eslint.lintText(`${code};\n`, { filePath: inRoot(page) });
    return result?.messages.filter(({ message }) => message.includes("tokens.css"));
  }
});

test("a page's title is the head of a layout", () => {
  const titled = ["app", "components"].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"))
      .map((file) => `${folder}/${file}`)
      .filter((file) => readFileSync(inRoot(file), "utf8").includes("<h1")),
  );

  expect(titled.toSorted()).toEqual([
    "app/global-error.tsx",
    "components/layout/reading-page.tsx",
    "components/ui/bare-head.tsx",
    "components/ui/proof-sheet.tsx",
  ]);
});

test("a form calls its action by ActionForm, ButtonForm or `answered`, which say what nobody answered", () => {
  const past = [
    /useActionState(?:<[^(]*>)?\((?!answered\()/,
    /<form\b[^>]*?\baction=\{(?!address\}|dispatch\}|withLanguage\(|typeof window)/,
  ];
  const sources = ["app", "components"].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx"))
      .map((file) => path.join(folder, file)),
  );
  const wrong = (text: string) => past.some((pattern) => pattern.test(text));
  expect(sources.filter((file) => wrong(readFileSync(inRoot(file), "utf8")))).toEqual([]);
  for (const planted of ["useActionState<A, B>(save, IDLE)", "<form id={id} action={save}>"])
    expect(wrong(planted)).toBe(true);
});

test("the function that makes addresses is not spread for a value of its name", async () => {
  const [result] = await new ESLint({ cwd: inRoot() }).lintText(
    "const hidden = { ...at };\nexport const form = <Hidden {...at} values={hidden} />;\n",
    { filePath: inRoot("app/[locale]/(ops)/ops/planted/page.tsx") },
  );
  const told = result?.messages.filter(({ message }) => message.includes("makes an address"));
  expect(told).toHaveLength(2);
});

describe("only domain/reviews says that a second person has decided", () => {
  const sources = ["app", "domain", "jobs", "scripts", "server"].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" })
      .map((file) => path.join(folder, file))
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file)),
  );

  test("nobody else writes a review", () => {
    const writers = sources.filter((file) => writesReview(readFileSync(inRoot(file), "utf8")));
    expect(writers).toEqual(["domain/reviews/decide.ts"]);
  });

  test.each([
    ["tx.insert(reviews).values({})", true],
    ["sql`insert into reviews (id) values (1)`", true],
    ['sql`INSERT INTO "reviews" select`', true],
    ["tx.insert(notices)", false],
    ["from(reviews)", false],
  ])("%s: %s", (source, writes) => {
    expect(writesReview(source)).toBe(writes);
  });
});

const writesReview = (source: string): boolean =>
  /\binsert\(\s*reviews\b|insert\s+into\s+"?reviews\b/i.test(source);

function roomsOf(vocabulary: string): string[] {
  const [, table = ""] = vocabulary.split("## Rooms");
  return [...table.matchAll(/^\| ([a-z, ]+?) +\|/gm)].flatMap(([, names = ""]) =>
    names.split(", "),
  );
}
