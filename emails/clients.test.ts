import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { LOCALES } from "@/db/vocabulary/languages";
import { inRoot } from "@/lib/paths";

import { DARK, DARK_SHEET } from "./dark";
import { PREVIEWS } from "./previews";
import { renderMail } from "./render";

/**
 * What QQ Mail, 163, Outlook for Windows and Gmail leave of a mail. The webmails of China filter
 * style sheets, classes and whatever leaves the flow; Outlook draws with Word, which knows padding
 * on cells only and no colours with transparency (caniemail.com; Gmail's own list of supported CSS,
 * developers.google.com/gmail/design/css).
 */
const ELEMENTS = new Set(
  "html head meta title body table tbody tr td div p span a strong br h1 h2 ul li i".split(" "),
);

/** Shown by all four. */
const UNDERSTOOD =
  /^(background-color|border(-top|-left)?|color|display|font-(family|size|weight)|height|line-height|margin(-top|-right|-bottom|-left)?|padding(-top|-right|-bottom|-left)?|text-decoration|white-space|width)$/;

/** Left out by one or the other, where the mail reads as well without. */
const ADORNMENT =
  /^(border-radius|max-width|max-height|mso-[a-z-]+|opacity|overflow|overflow-wrap|text-autospace|text-decoration-line|text-wrap|word-break)$/;

/** Cells; a button, whose room Outlook takes from its `mso-` marks; marks within a line; a list. */
const PADDED = new Set(["td", "body", "a", "span", "ul"]);

type Declaration = { element: string; property: string; value: string };

const tagsOf = (html: string) =>
  [...html.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/g)].map(([, element = "", rest = ""]) => ({
    element,
    rest,
  }));

const declarationsOf = (html: string): Declaration[] =>
  tagsOf(html).flatMap(({ element, rest }) =>
    (/ style="([^"]*)"/.exec(rest)?.[1] ?? "")
      .replaceAll("&quot;", "'")
      .split(";")
      .filter(Boolean)
      .map((declaration) => {
        const [property = "", ...value] = declaration.split(":");
        return { element, property: property.trim(), value: value.join(":").trim() };
      }),
  );

/** The mail as it is where style sheets are dropped: the sheet for dark grounds, and the names it needs. */
const lightOf = (html: string) =>
  html.replace(DARK_SHEET, "").replaceAll(/ class="[cbl]-[^"]*"(?= style=)/g, "");

/** Coloured declarations that no name of their element turns in the dark. */
const withoutDark = (html: string): string[] =>
  tagsOf(html).flatMap(({ element, rest }) => {
    const names = / class="([^"]*)"/.exec(rest)?.[1] ?? "";
    return declarationsOf(`<${element}${rest}>`)
      .filter((one) => isColoured(one) && /#/.test(one.value))
      .filter(({ property }) => {
        const sign = property === "color" ? "c" : property === "background-color" ? "b" : "l";
        return !names.split(" ").some((name) => name.startsWith(`${sign}-`));
      })
      .map(({ property, value }) => `<${element}> ${property}: ${value}`);
  });

/** What a client would drop or draw otherwise, as sentences. */
function faultsOf(html: string): string[] {
  const foreign = tagsOf(html).flatMap(({ element, rest }) => [
    ...(ELEMENTS.has(element) ? [] : [`<${element}> is dropped`]),
    ...(/\sclass=/.test(rest) ? [`<${element}> is styled by a class`] : []),
  ]);
  return [...new Set([...foreign, ...declarationsOf(html).flatMap(faultOf)])];
}

const isColoured = ({ property, value }: Declaration) =>
  /color|border/.test(property) && !/radius/.test(property) && value !== "0";

const FAULTS: [words: string, applies: (declaration: Declaration) => boolean][] = [
  [
    "is not understood by all",
    ({ property }) => !UNDERSTOOD.test(property) && !ADORNMENT.test(property),
  ],
  [
    "is ignored by Outlook",
    ({ element, property }) => /^padding/.test(property) && !PADDED.has(element),
  ],
  [
    "leaves the flow",
    ({ property, value }) => property === "display" && !/^(none|inline-block)$/.test(value),
  ],
  ["is no plain colour", (one) => isColoured(one) && !/#[0-9a-f]{6}$/i.test(one.value)],
  [
    "is no plain length",
    ({ value }) => /\d(rem|em|vw|vh|ch)\b|calc\(|var\(|!important/.test(value),
  ],
  ["is a negative margin", ({ property, value }) => /^margin/.test(property) && /-\d/.test(value)],
];

const faultOf = (declaration: Declaration): string[] =>
  FAULTS.filter(([, applies]) => applies(declaration)).map(
    ([words]) => `<${declaration.element}> ${declaration.property}: ${declaration.value} ${words}`,
  );

test.each([
  ['<p style="padding:8px 0">', "<p> padding: 8px 0 is ignored by Outlook"],
  ['<td style="display:flex">', "<td> display: flex leaves the flow"],
  ['<td style="position:absolute">', "<td> position: absolute is not understood by all"],
  ['<td style="color:rgba(0,0,0,.5)">', "<td> color: rgba(0,0,0,.5) is no plain colour"],
  ['<td style="border-top:1px solid #11223344">', "is no plain colour"],
  ['<td style="font-size:1.2rem">', "<td> font-size: 1.2rem is no plain length"],
  ['<td style="margin:-4px 0">', "<td> margin: -4px 0 is a negative margin"],
  ['<td class="wide">', "<td> is styled by a class"],
  ["<svg></svg>", "<svg> is dropped"],
  ["<style></style>", "<style> is dropped"],
])("%s is found", (html, fault) => {
  expect(faultsOf(html).join()).toContain(fault);
});

describe.each(PREVIEWS.flatMap((preview) => LOCALES.map((locale) => ({ ...preview, locale }))))(
  "$name in $locale",
  ({ mail, locale }) => {
    const rendered = renderMail(mail(locale), { locale });

    test("holds nothing that a mail program drops", async () => {
      expect(faultsOf(lightOf((await rendered).html))).toEqual([]);
    });

    test("has a dark counterpart of every colour, a ground of its own and no picture", async () => {
      const { html } = await rendered;
      expect(withoutDark(html)).toEqual([]);
      expect(html).toContain('name="color-scheme" content="light dark"');
      expect(html).toMatch(/<body[^>]*background-color/);
      expect(html).not.toContain("<img");
    });

    test("tears no number of ours at its hyphens", async () => {
      const { html } = await rendered;
      const sheet = html.slice(html.indexOf("<h1"));
      const numbers = sheet.match(/>[^<]*[A-Z]-\d{4}-\d{6}[^<]*</g) ?? [];
      for (const shown of numbers) expect(shown).toMatch(/^>[A-Z]-\d{4}-\d{6}<$/);
    });
  },
);

/** WCAG 2.2, relative luminance and contrast. */
function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminanceOf).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("in the dark all words are read on all grounds they stand on", () => {
  const { color, "background-color": ground } = DARK;
  for (const name of ["ink", "inkSoft", "inkMuted", "action", "seal", "warn"] as const)
    for (const on of ["ground", "sheet", "sunken"] as const)
      expect(contrastOf(color[name] ?? "", ground[on] ?? ""), `${name} on ${on}`).toBeGreaterThan(
        4.5,
      );
  expect(contrastOf(color.warn ?? "", ground.warnSoft ?? "")).toBeGreaterThan(4.5);
  for (const on of ["action", "seal"] as const)
    expect(contrastOf(color.actionInk ?? "", ground[on] ?? ""), on).toBeGreaterThan(4.5);
});

test("the colours of the dark are those of the portal", () => {
  const tokens = readFileSync(inRoot("app", "tokens.css"), "utf8").toUpperCase();
  for (const dark of Object.values(DARK).flatMap((pairs) => Object.values(pairs)))
    expect(tokens).toContain(dark);
});

test("an incident that asks for action says where right under the reader's apps, and again at the end", async () => {
  const urgent = PREVIEWS.filter(({ template }) => template === "incident-notice");
  const counts = await Promise.all(
    urgent.map(async ({ mail }) => {
      const { html, text } = await renderMail(mail("zh-CN"), { locale: "zh-CN" });
      return { acts: html.split("查看建议").length - 1, text };
    }),
  );
  expect(counts.some(({ acts }) => acts === 2)).toBe(true);
  for (const { acts, text } of counts.filter(({ acts }) => acts > 0)) {
    expect(acts).toBe(2);
    expect(text.indexOf("查看建议")).toBeLessThan(text.indexOf("基本情况"));
  }
});
