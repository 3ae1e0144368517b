import "server-only";

import type { saveStep } from "@/domain/requests/save-step";

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
      return {
        step,
        list: readText(form, "list"),
        file: (await readFile(form, "csv"))?.bytes ?? null,
      };
    default:
      // No page of the wizard: the schema says so.
      return unknown;
  }
}
