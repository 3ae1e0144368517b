import pino from "pino";

import { setting } from "@/lib/env";
import { currentRequestId } from "@/lib/request-id";

/** The one logger. It carries ids, never people: no addresses, names, bodies or tokens. What a request sets off bears its id. */
export const log = pino({
  level: setting("LOG_LEVEL") ?? "info",
  base: null,
  mixin() {
    const request = currentRequestId();
    return request ? { request } : {};
  },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ["*.email", "*.to", "*.from", "*.token", "*.password", "headers.authorization"],
});
