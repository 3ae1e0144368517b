import { expect, test } from "vitest";

import { MANNERS, THEME_SCRIPT } from "@/lib/own-scripts";

import { withoutReact } from "./pack-answer";

const OURS = `<script>${THEME_SCRIPT}</script><script src="${MANNERS}" defer="" nonce="n"></script>`;
const REACT = [
  '<script src="/_next/static/chunks/a.js" async="" nonce="n"></script>',
  '<script nonce="n" id="_R_">(self.x=[]).push({})</script>',
  '<script nonce="n">self.__next_f.push([1,"a \\u003c/script> b\\n"])</script>',
] as const;
const TEXT = '<p title="a &gt; b">&lt;script&gt;let it stand&lt;/script&gt;</p>';

test("of a page's scripts only our own stay, and every word of it", () => {
  const ahead = '<link rel="preload" as="script" nonce="n" href="/_next/a.js"/>';
  const style = '<link rel="stylesheet" href="/_next/a.css"/>';
  const page = `<head>${style}${ahead}${REACT[0]}${OURS}</head><body>${TEXT}${REACT[1]}${REACT[2]}</body>`;
  expect(withoutReact(page)).toBe(`<head>${style}${OURS}</head><body>${TEXT}</body>`);
});

test("a page that a script is to finish keeps its scripts", () => {
  const page = `<body><!--$?--><template id="B:0"></template>…<!--/$-->${REACT.join("")}</body>`;
  expect(withoutReact(page)).toBe(page);
});
