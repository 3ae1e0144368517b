"use client";

import { useState } from "react";

import { FileInput } from "@/components/ui/input";
import type { Locale } from "@/db/vocabulary/languages";
import { check } from "@/lib/check-proof";

import { ProofFacts } from "./proof-facts";
import { ProofSteps, ProofVerdict, type ProofState } from "./proof-status";
import type { ProofWords } from "./proof-words";

/** Bytes; a proof has some kilobytes. */
const MOST = 1_000_000;
/** The public key of the first test vector of RFC 8032, for "can this browser do Ed25519 at all". */
const PROBE = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

type Props = { words: ProofWords; locale: Locale; keys: readonly string[] };

/** Checks a proof where it is opened. Nothing leaves the device, and nothing is fetched. */
export function ProofCheck({ words, locale, keys }: Props) {
  const [[name, state], setShown] = useState<[string, ProofState]>(["", "idle"]);

  async function take(file: File | undefined) {
    if (!file) return;
    setShown([file.name, "checking"]);
    setShown([file.name, await look(file, keys)]);
  }

  return (
    <>
      <FileInput
        choose={words.choose}
        accept=".json,application/json"
        aria-label={words.file}
        onChange={(event) => void take(event.target.files?.[0])}
      >
        {name ? <span className="wrap-anywhere">{name}</span> : <span>{words.drop}</span>}
      </FileInput>
      <div role="status" className="mt-4">
        <ProofVerdict state={state} words={words} />
      </div>
      {typeof state === "object" && (
        <div className="mt-6 grid gap-8">
          <ProofSteps found={state} words={words} />
          {!state.fault && <ProofFacts found={state} words={words} locale={locale} />}
        </div>
      )}
    </>
  );
}

async function look(file: File, keys: readonly string[]): Promise<ProofState> {
  if (!(await canCheck())) return "cannot";
  if (file.size > MOST) return "unread";
  try {
    return await check(new Uint8Array(await file.arrayBuffer()), [...keys]);
  } catch {
    return "unread";
  }
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
