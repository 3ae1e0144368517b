import type { z } from "zod";

/** A program's variables; one set to nothing is not set. @throws Error with a line for each that is wrong */
export function readEnvironment<Schema extends z.ZodType>(variables: Schema): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = variables.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(lines.join("\n"));
}
