import { z } from "zod";

import { readEnvironment } from "../read-environment";

const person = z.object({
  email: z.string(),
  name: z.string(),
  locale: z.enum(["zh-CN", "en"]),
  account: z.object({ uin: z.string(), name: z.string() }),
  apps: z.array(
    z.object({
      sdkAppId: z.string(),
      name: z.string(),
      /** The SDK's version by platform. */
      platforms: z.record(z.string(), z.string()),
    }),
  ),
});

/** Somebody who may be signed in at the console, and what they have there. */
export type ConsolePerson = z.output<typeof person>;

export type ConsoleOptions = {
  port?: number | undefined;
  /** Origin of the portal whose bell the console shows. */
  portal: string;
  /** What the portal is told as CONSOLE_KEY. */
  key: string;
  people: readonly ConsolePerson[];
};

const variables = z.object({
  /** Port on 127.0.0.1; 0 or unset picks a free one. */
  CONSOLE_STANDIN_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  CONSOLE_STANDIN_PEOPLE: z
    .string("is not set")
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(person).min(1)),
  APP_ORIGIN: z.url("must be an address"),
  CONSOLE_KEY: z.string("is not set").min(32, "must have at least 32 characters"),
});

/** @throws Error with one line per variable that is missing or not valid */
export function readOptions(): ConsoleOptions {
  const data = readEnvironment(variables);
  return {
    port: data.CONSOLE_STANDIN_PORT,
    portal: data.APP_ORIGIN,
    key: data.CONSOLE_KEY,
    people: data.CONSOLE_STANDIN_PEOPLE,
  };
}
