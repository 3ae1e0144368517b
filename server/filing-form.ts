import "server-only";

import type { saveStep } from "@/domain/requests/save-step";
import { decodeText } from "@/lib/decode-text";

import { readChoice, readText } from "./form-fields";
import { readFile } from "./form-files";

type Answer = Parameters<typeof saveStep>[1]["answer"];

/** One page of the wizard as `saveStep` takes it; its schema refuses what is none. */
export async function readAnswer(form: FormData): Promise<Answer> {
  const step = readChoice<Answer["step"]>(form, "step");
  const unknown = { step } as Answer;
  switch (step) {
    case "who":
      return { step, capacity: readChoice(form, "capacity") };
    case "account":
      return { step, place: readText(form, "place") };
    case "app":
      return { step, appName: readText(form, "appName"), sdkAppId: readText(form, "sdkAppId") };
    case "type":
      return { step, type: readChoice(form, "type") };
    case "ground":
      return { step, ground: readChoice(form, "ground") };
    case "facts":
      return { step, facts: readText(form, "facts") };
    case "subjects":
      return { step, ...(await readList(form)) };
    default:
      // No page of the wizard: the schema says so.
      return unknown;
  }
}

/** A file of UserIDs where one was chosen, else what was pasted. */
async function readList(form: FormData): Promise<{ list: string; isCsv: boolean }> {
  const file = await readFile(form, "csv");
  if (!file) return { list: readText(form, "list"), isCsv: false };
  // What is no text is refused line by line, as invisible characters.
  return { list: decodeText(file.bytes)?.text ?? "\0", isCsv: true };
}
