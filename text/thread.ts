import { parentPort } from "node:worker_threads";

import { Invalid } from "@/domain/errors";
import { LOADED } from "@/lib/thread-pool";

import { comparePolicies } from "./diff";
import { importText } from "./import-text";
import { parsePolicyText } from "./parse-text";
import type { Answer, Question } from "./offload";

/** Answers the questions of `offload.ts` one by one; a refusal is an answer as well. */
parentPort?.on("message", (question: Question) => void answer(question));
parentPort?.postMessage(LOADED);

async function answer(question: Question): Promise<void> {
  parentPort?.postMessage(await resultOf(question));
}

async function resultOf(question: Question): Promise<Answer> {
  try {
    return { result: await work(question) };
  } catch (error) {
    if (!(error instanceof Invalid)) return { fault: error };
    const { messageKey, fields, values } = error;
    return { refusal: { messageKey, fields, values } };
  }
}

function work(question: Question) {
  switch (question.kind) {
    case "read":
      return parsePolicyText(question.text);
    case "compare":
      return comparePolicies(parsePolicyText(question.before), parsePolicyText(question.after));
    case "import":
      return importText(question.source);
  }
}
