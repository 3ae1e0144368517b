import { hash } from "node:crypto";

/**
 * The Merkle tree of RFC 6962, section 2.1: SHA-256, a byte 0 before a leaf's text and a byte 1 before
 * two children, so that neither passes for the other.
 */
const LEAF = "\0";
const NODE = 1;
const HASH = 32;

/** How many hashes of one level are kept, and read, together. */
export const TILE = 256;

/**
 * Reads one tile: up to 256 hashes of perfect subtrees of 256^level leaves, from `256 * tile` on. The
 * last tile of a level may be short. Level 0 are the leaves.
 */
export type ReadTile = (level: number, tile: number) => Promise<readonly Buffer[]>;

/** By way of a text, which Node.js makes twice as fast as bytes. */
export const sha256 = (bytes: Uint8Array | string): Buffer =>
  Buffer.from(hash("sha256", bytes, "binary"), "binary");
export const EMPTY_ROOT = sha256("");
export const leafHash = (text: string): Buffer => sha256(LEAF + text);
export const leafHashHex = (text: string): string => hash("sha256", LEAF + text, "hex");

/** Written over for each node, by the million; a hash is made before the next begins. */
const children = Buffer.alloc(1 + 2 * HASH, NODE);
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  children.set(left, 1);
  children.set(right, 1 + HASH);
  return sha256(children);
}

/** A tree over stored tiles. Sizes and indices are counts of leaves; a proof is hashes from the leaf up. */
export function treeOf(readTile: ReadTile) {
  const read = new Map<string, Promise<readonly Buffer[]>>();
  const made = new Map<string, Promise<Buffer>>();

  async function stored(level: number, index: number): Promise<Buffer> {
    const tile = Math.floor(index / TILE);
    const key = `${level} ${tile}`;
    const reading = read.get(key) ?? readTile(level, tile);
    read.set(key, reading);
    const found = (await reading)[index % TILE];
    if (!found) throw new Error(`the tree has no hash ${index} on level ${level}`);
    return found;
  }

  /** The hash of the leaves from `from` to before `to`; kept, because proofs of one tree share most of them. */
  function range(from: number, to: number): Promise<Buffer> {
    const key = `${from} ${to}`;
    const making = made.get(key) ?? make(from, to);
    made.set(key, making);
    return making;
  }

  async function make(from: number, to: number): Promise<Buffer> {
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
  leaf: Buffer,
  { index, size, proof }: { index: number; size: number; proof: readonly Buffer[] },
): Buffer | null {
  if (index < 0 || index >= size) return null;
  const sides = sidesOf({ place: index, last: size - 1 }, proof.length);
  return sides && climb(leaf, proof, sides);
}

export type Grown = { size: number; root: Buffer };

/** Whether the later tree begins with the whole of the earlier one (RFC 9162, 2.1.4.2). */
export function isGrownFrom(
  earlier: Grown,
  { later, proof }: { later: Grown; proof: readonly Buffer[] },
): boolean {
  if (earlier.size === 0 || earlier.size === later.size) {
    const only = earlier.size === 0 ? EMPTY_ROOT : later.root;
    return proof.length === 0 && same(earlier.root, only);
  }
  return earlier.size < later.size && isBeginning(earlier, { later, proof });
}

function isBeginning(
  earlier: Grown,
  { later, proof }: { later: Grown; proof: readonly Buffer[] },
): boolean {
  const [first = EMPTY_ROOT, ...rest] = isPowerOfTwo(earlier.size)
    ? [earlier.root, ...proof]
    : proof;
  const from = { place: earlier.size - 1, last: later.size - 1 };
  while (from.place % 2 === 1) halve(from);
  const sides = sidesOf(from, rest.length);
  if (!sides) return false;
  const known = rest.filter((_, index) => sides[index] === "left");
  const old = climb(first, known, Array<Side>(known.length).fill("left"));
  return same(old, earlier.root) && same(climb(first, rest, sides), later.root);
}

type Side = "left" | "right";
type At = { place: number; last: number };

const climb = (from: Buffer, proof: readonly Buffer[], sides: readonly Side[]): Buffer =>
  proof.reduce(
    (hash, sibling, index) =>
      sides[index] === "left" ? nodeHash(sibling, hash) : nodeHash(hash, sibling),
    from,
  );

/** On which side each of so many siblings stands, from the leaf up; null where there cannot be so many. */
function sidesOf(from: At, count: number): Side[] | null {
  const [at, sides]: [At, Side[]] = [{ ...from }, []];
  while (sides.length < count) {
    if (at.last === 0) return null;
    const isLeft = at.place % 2 === 1 || at.place === at.last;
    sides.push(isLeft ? "left" : "right");
    if (isLeft) while (at.place % 2 === 0 && at.place !== 0) halve(at);
    halve(at);
  }
  return at.last === 0 ? sides : null;
}

/** One level up. */
function halve(at: At): void {
  at.place = Math.floor(at.place / 2);
  at.last = Math.floor(at.last / 2);
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

export const same = (one: Buffer, other: Buffer): boolean => one.equals(other);

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
