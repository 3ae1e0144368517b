import { describe, expect, test } from "vitest";

import {
  EMPTY_ROOT,
  growingTree,
  isGrownFrom,
  leafHash,
  nodeHash,
  rootByInclusion,
  TILE,
  treeOf,
} from "./merkle";

/** The leaves of the test vectors of Certificate Transparency (google/certificate-transparency, merkle tests). */
const VECTORS = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => leafHash(Buffer.from(hex, "hex").toString("latin1")));

/** The roots of the first 1 … 8 of them, from the same source. */
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/** The tree of some leaves, read tile by tile as from the database. */
function treeOver(leaves: readonly Buffer[]) {
  const levels: Buffer[][] = [[...leaves]];
  for (let below = levels[0] ?? []; below.length >= TILE;) {
    const above: Buffer[] = [];
    for (let from = 0; from + TILE <= below.length; from += TILE) {
      const one = growingTree();
      for (const hash of below.slice(from, from + TILE)) one.add(hash);
      above.push(one.root());
    }
    levels.push(above);
    below = above;
  }
  return treeOf(async (level, tile) => (levels[level] ?? []).slice(tile * TILE, (tile + 1) * TILE));
}

const LEAVES = Array.from({ length: 1025 }, (_, n) => leafHash(`leaf ${n}`));

/** Roots by the definition itself, not by tiles or peaks. */
function rootByDefinition(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

test("the roots are those of the published vectors", async () => {
  expect(EMPTY_ROOT.toString("hex")).toBe(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
  const tree = treeOver(VECTORS);
  for (const [n, root] of ROOTS.entries())
    expect((await tree.root(n + 1)).toString("hex")).toBe(root);
  // Inclusion of the first leaf among eight, and what eight adds to six: as published.
  expect((await tree.inclusion(0, 8)).map((one) => one.toString("hex").slice(0, 8))).toEqual([
    "96a296d2",
    "5f083f0a",
    "6b47aaf2",
  ]);
  expect((await tree.consistency(6, 8)).map((one) => one.toString("hex").slice(0, 8))).toEqual([
    "0ebc5d34",
    "ca854ea1",
    "d37ee418",
  ]);
});

/** All sizes up to 20, then those around the edges of tiles. */
const SMALL = 20;
const SIZES = [
  ...Array.from({ length: SMALL + 1 }, (_, n) => n),
  ...[63, 64, 129, 255, 256, 257, 511, 512, 513, 700, 1023, 1024, 1025],
];

describe("for sizes 0 to 1,025", () => {
  const tree = treeOver(LEAVES);
  const growing = growingTree();
  const grown = [growing.root()];
  for (const leaf of LEAVES) {
    growing.add(leaf);
    grown.push(growing.root());
  }

  test("the tree by tiles and the growing tree have the roots of the definition", async () => {
    for (const size of SIZES) {
      expect(await tree.root(size)).toEqual(grown[size]);
      expect(rootByDefinition(LEAVES.slice(0, size))).toEqual(grown[size]);
    }
  });

  test("a leaf's proof leads to the root, and no other leaf's or place's does", async () => {
    for (const size of SIZES)
      for (const index of size <= SMALL
        ? SIZES.filter((n) => n < size)
        : [0, size >> 1, size - 1]) {
        const proof = await tree.inclusion(index, size);
        const root = grown[size] ?? Buffer.of();
        const leads = (leaf: Buffer | undefined, to: object) =>
          rootByInclusion(leaf ?? root, { index, size, proof, ...to })?.equals(root) ?? false;
        expect(leads(LEAVES[index], {})).toBe(true);
        expect(leads(LEAVES[index + 1], {})).toBe(false);
        expect(leads(LEAVES[index], { index: index + 1 })).toBe(false);
        expect(leads(LEAVES[index], { proof: [...proof, root] })).toBe(false);
        if (proof.length > 0) expect(leads(LEAVES[index], { proof: proof.slice(1) })).toBe(false);
      }
  });

  test("a later tree proves that it begins with an earlier one, and with no other", async () => {
    for (const later of SIZES)
      for (const size of later <= SMALL
        ? SIZES.filter((n) => n <= later)
        : [1, 255, 256, later - 1]) {
        if (size > later) continue;
        const proof = await tree.consistency(size, later);
        const [from, to] = [grown[size] ?? Buffer.of(), grown[later] ?? Buffer.of()];
        const holds = (earlier: Buffer, root: Buffer, given = proof) =>
          isGrownFrom({ size, root: earlier }, { later: { size: later, root }, proof: given });
        expect(holds(from, to), `${size} in ${later}`).toBe(true);
        expect(holds(leafHash("another"), to)).toBe(false);
        if (size > 0) expect(holds(from, leafHash("another"))).toBe(false);
        if (proof.length > 0) expect(holds(from, to, proof.slice(1))).toBe(false);
      }
  });
});
