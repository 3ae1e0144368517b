import pino from "pino";

import { setting } from "@/lib/env";

/** The one logger. It carries ids, never people: no addresses, names, bodies or tokens. */
export const log = pino({
  level: setting("LOG_LEVEL") ?? "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ["*.email", "*.to", "*.from", "*.token", "*.password", "headers.authorization"],
});
