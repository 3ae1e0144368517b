import { hash } from "node:crypto";

/**
 * The Merkle tree of RFC 6962, section 2.1: SHA-256, a byte 0 before a leaf's text and a byte 1 before
 * two children, so that neither passes for the other.
 */
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** How many hashes of one level are kept, and read, together. */
export const TILE = 256;

/**
 * Reads one tile: up to 256 hashes of perfect subtrees of 256^level leaves, from `256 * tile` on. The
 * last tile of a level may be short. Level 0 are the leaves.
 */
export type ReadTile = (level: number, tile: number) => Promise<readonly Buffer[]>;

export const sha256 = (bytes: Uint8Array | string): Buffer => hash("sha256", bytes, "buffer");
export const EMPTY_ROOT = sha256("");
export const leafHash = (text: string): Buffer => sha256(Buffer.concat([LEAF, Buffer.from(text)]));
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.concat([NODE, left, right]));

/** A tree over stored tiles. Sizes and indices are counts of leaves; a proof is hashes from the leaf up. */
export function treeOf(readTile: ReadTile) {
  const read = new Map<string, Promise<readonly Buffer[]>>();

  async function stored(level: number, index: number): Promise<Buffer> {
    const tile = Math.floor(index / TILE);
    const key = `${level} ${tile}`;
    const reading = read.get(key) ?? readTile(level, tile);
    read.set(key, reading);
    const found = (await reading)[index % TILE];
    if (!found) throw new Error(`the tree has no hash ${index} on level ${level}`);
    return found;
  }

  /** The hash of the leaves from `from` to before `to`. */
  async function range(from: number, to: number): Promise<Buffer> {
    const size = to - from;
    const level = levelOf(size);
    if (level !== null && from % size === 0) return stored(level, from / size);
    const middle = from + splitOf(size);
    return nodeHash(await range(from, middle), await range(middle, to));
  }

  async function path(index: number, from: number, to: number): Promise<Buffer[]> {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...(await path(index, from, middle)), await range(middle, to)]
      : [...(await path(index, middle, to)), await range(from, middle)];
  }

  /** SUBPROOF of RFC 6962, 2.1.2; `isKnown` while the older root itself is on the way. */
  async function older(
    size: number,
    { from, to, isKnown }: { from: number; to: number; isKnown: boolean },
  ): Promise<Buffer[]> {
    if (size === to) return isKnown ? [] : [await range(from, to)];
    const middle = from + splitOf(to - from);
    return size <= middle
      ? [...(await older(size, { from, to: middle, isKnown })), await range(middle, to)]
      : [...(await older(size, { from: middle, to, isKnown: false })), await range(from, middle)];
  }

  return {
    root: async (size: number): Promise<Buffer> => (size === 0 ? EMPTY_ROOT : range(0, size)),
    inclusion: (index: number, size: number): Promise<Buffer[]> => path(index, 0, size),
    consistency: async (size: number, later: number): Promise<Buffer[]> =>
      size === 0 || size === later ? [] : older(size, { from: 0, to: later, isKnown: true }),
  };
}

/** The root that a leaf and its proof lead to (RFC 9162, 2.1.3.2); null where the proof's length is wrong. */
export function rootByInclusion(
  leaf: Uint8Array,
  { index, size, proof }: { index: number; size: number; proof: readonly Uint8Array[] },
): Buffer | null {
  if (index < 0 || index >= size) return null;
  let [place, last, root] = [index, size - 1, Buffer.from(leaf)];
  for (const sibling of proof) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      root = nodeHash(sibling, root);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else root = nodeHash(root, sibling);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 ? root : null;
}

export type Grown = { size: number; root: Uint8Array };

/** Whether the later tree begins with the whole of the earlier one (RFC 9162, 2.1.4.2). */
export function isGrownFrom(
  earlier: Grown,
  { later, proof }: { later: Grown; proof: readonly Uint8Array[] },
): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size || earlier.size === 0)
    return (
      proof.length === 0 &&
      same(earlier.root, earlier.size === 0 ? EMPTY_ROOT : Buffer.from(later.root))
    );
  const path = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : [...proof];
  const [first, ...rest] = path;
  if (!first) return false;
  let [place, last] = [earlier.size - 1, later.size - 1];
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  let [old, root] = [Buffer.from(first), Buffer.from(first)];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [old, root] = [nodeHash(sibling, old), nodeHash(sibling, root)];
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else root = nodeHash(root, sibling);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && same(old, earlier.root) && same(root, later.root);
}

/** A tree that only grows and forgets what is below: about two hashes a leaf. */
export function growingTree() {
  const peaks: { hash: Buffer; size: number }[] = [];
  let size = 0;
  return {
    add(leaf: Buffer): void {
      let peak = { hash: leaf, size: 1 };
      for (let top = peaks.at(-1); top?.size === peak.size; top = peaks.at(-1)) {
        peak = { hash: nodeHash(top.hash, peak.hash), size: 2 * peak.size };
        peaks.pop();
      }
      peaks.push(peak);
      size += 1;
    },
    size: () => size,
    root: (): Buffer =>
      peaks.reduceRight<Buffer | null>(
        (right, { hash: left }) => (right ? nodeHash(left, right) : left),
        null,
      ) ?? EMPTY_ROOT,
  };
}

export const same = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0;

const half = (number: number): number => Math.floor(number / 2);
const isPowerOfTwo = (number: number): boolean => Number.isInteger(Math.log2(number));

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The level whose single hash stands for so many leaves; null where none does. */
function levelOf(size: number): number | null {
  for (let [level, width] = [0, 1]; width <= size; [level, width] = [level + 1, width * TILE])
    if (width === size) return level;
  return null;
}
