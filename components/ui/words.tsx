"use client";

import { createContext, use } from "react";

import type { ReadingWords } from "@/messages";

const Words = createContext<ReadingWords | null>(null);

/**
 * What the scripts of every page may have to say. A page that is only read loads no reader of
 * message patterns: these are whole sentences.
 */
export function WordsProvider({
  words,
  children,
}: {
  words: ReadingWords;
  children: React.ReactNode;
}) {
  return <Words value={words}>{children}</Words>;
}

export function useWords(): ReadingWords {
  const words = use(Words);
  if (!words) throw new Error("no words around this component");
  return words;
}
