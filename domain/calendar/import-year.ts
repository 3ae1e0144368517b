import { z } from "zod";

import { Invalid } from "../errors";
import { line } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { calendarYear } from "./input";
import { saveCalendarYear } from "./save-year";
import { readYearFile } from "./year-file";

const yearForm = z.object({
  year: z.coerce.number({ error: "calendar.errors.year" }).pipe(calendarYear),
  source: line(200),
  isComplete: z.boolean(),
  bytes: z.instanceof(Uint8Array),
});

/** What a file says of a year, and what is wrong with it by line; nothing is stored. @throws Invalid */
export const previewYear = query({
  may: "calendar.manage",
  input: yearForm,

  run: async (_view, { bytes, ...head }) => ({ ...head, ...readYearFile(bytes, head.year) }),
});

/** Enters a year from a file: all of it, or nothing where a line is wrong. @throws Invalid */
export const importYear = verb({
  may: "calendar.manage",
  input: yearForm,

  async run(step, { bytes, ...head }) {
    const { days, problems } = readYearFile(bytes, head.year);
    if (problems.length > 0)
      throw new Invalid("errors.form", { file: ["calendar.errors.problems"] });
    await saveCalendarYear(step, { ...head, days });
    // The inner verb has written the entry, or found the year entered already.
    step.unchanged();
  },
});
