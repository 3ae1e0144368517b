"use client";

import { useEffect, useState } from "react";

import { FileInput } from "@/components/ui/input";
import type { Locale } from "@/db/vocabulary/languages";
import { check, checkBundle, checkConsistency, checkList } from "@/lib/check-proof";

import { BundleFound, type FoundBundle } from "./bundle-found";
import { ConsistencyFound, type FoundConsistency } from "./consistency-found";
import { type FoundList, ListFound } from "./list-found";
import { ProofFacts } from "./proof-facts";
import { ProofSteps, ProofVerdict, type ProofState } from "./proof-status";
import type { ProofWords } from "./proof-words";

/** Bytes; a proof has some kilobytes, a bundle some hundreds, and so has a list. */
const MOST = { proof: 1_000_000, bundle: 50_000_000 };
/** How a list of proofs begins. */
const LIST = 0x5b;
/** How a zip begins (APPNOTE 4.3.7). */
const ZIP = [0x50, 0x4b, 3, 4];
/** Comes while the page is open, so that a bundle can be opened once the network is off. */
const unpacking = () => import("@/lib/bundle-zip");
/** The public key of the first test vector of RFC 8032, for "can this browser do Ed25519 at all". */
const PROBE = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

type Found = ProofState | FoundBundle | FoundConsistency | FoundList;
/** How the proof of two checkpoints begins; one that is written otherwise is looked at as a proof, and is none. */
const CONSISTENCY = '{\n  "format": "gaozhi-consistency/';

type Props = { words: ProofWords; locale: Locale; keys: readonly string[] };

/** Checks a proof where it is opened. Nothing leaves the device, and nothing is fetched. */
export function ProofCheck({ words, locale, keys }: Props) {
  const [[name, state], setShown] = useState<[string, Found]>(["", "idle"]);
  useEffect(() => void unpacking(), []);

  async function take(file: File | undefined) {
    if (!file) return;
    setShown([file.name, "checking"]);
    setShown([file.name, await look(file, keys)]);
  }

  return (
    <>
      <FileInput
        choose={words.choose}
        accept=".json,.zip,application/json,application/zip"
        aria-label={words.file}
        onChange={(event) => void take(event.target.files?.[0])}
      >
        {name ? <span className="wrap-anywhere">{name}</span> : <span>{words.drop}</span>}
      </FileInput>
      <Ended state={state} words={words} locale={locale} />
    </>
  );
}

type EndedProps = Pick<Props, "words" | "locale"> & { state: Found };

/** How the check ended, by what kind of file it was. */
function Ended({ state, words, locale }: EndedProps) {
  if (typeof state === "string") return <Verdict state={state} words={words} />;
  if ("files" in state) return <BundleFound found={state} words={words} locale={locale} />;
  if ("isConsistency" in state)
    return <ConsistencyFound found={state} words={words} locale={locale} />;
  if ("isList" in state) return <ListFound found={state} words={words} />;
  return (
    <>
      <Verdict state={state} words={words} />
      <div className="mt-6 grid gap-8">
        <ProofSteps found={state} words={words} />
        {!state.fault && <ProofFacts found={state} words={words} locale={locale} />}
      </div>
    </>
  );
}

const Verdict = ({ state, words }: { state: ProofState; words: ProofWords }) => (
  <div role="status" className="mt-4">
    <ProofVerdict state={state} words={words} />
  </div>
);

async function look(file: File, keys: readonly string[]): Promise<Found> {
  if (!(await canCheck())) return "cannot";
  const begin = new Uint8Array(await file.slice(0, ZIP.length).arrayBuffer());
  const isZip = ZIP.every((byte, index) => begin[index] === byte);
  const isList = begin[0] === LIST;
  if (file.size > (isZip || isList ? MOST.bundle : MOST.proof)) return "unread";
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return isZip ? await lookInto(bytes, { name: file.name, keys }) : await lookAt(bytes, keys);
  } catch {
    return "unread";
  }
}

/** One file of JSON: two checkpoints, a list of proofs or a proof. */
async function lookAt(bytes: Uint8Array, keys: readonly string[]): Promise<Found> {
  if (new TextDecoder().decode(bytes.slice(0, CONSISTENCY.length)) === CONSISTENCY)
    return { ...(await checkConsistency(bytes, [...keys])), isConsistency: true };
  return bytes[0] === LIST
    ? { ...(await checkList(bytes, [...keys])), isList: true }
    : check(bytes, [...keys]);
}

type Given = { name: string; keys: readonly string[] };

async function lookInto(zip: Uint8Array, { name, keys }: Given): Promise<Found> {
  const { files, byte } = await (await unpacking()).unpackBundle(zip);
  const found = await checkBundle(files, [...keys]);
  const changed = { file: name, part: "zip", byte };
  return { ...found, files: files.size, fault: found.fault ?? (byte === null ? null : changed) };
}

/** Old browsers have no Ed25519; and none has it on a page without https. */
async function canCheck(): Promise<boolean> {
  const raw = Uint8Array.from(PROBE.match(/../g) ?? [], (two) => parseInt(two, 16));
  try {
    await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}
