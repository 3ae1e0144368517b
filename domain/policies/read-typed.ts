import { z } from "zod";

import { readText } from "@/text/offload";

import { prose } from "../input";
import { query } from "../query";

export const typedText = z.object({ text: prose(2_000_000) });

/** A text as it is being typed, as the blocks a reader would see. @throws Invalid policies.errors.tooBusy */
export const readTyped = query({
  may: "policy.draft",
  input: typedText,

  run: async (_view, { text }) => readText(text),
});
