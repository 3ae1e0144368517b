import { z } from "zod";

import { ScannerAway, scannerVersion } from "@/lib/clamd";
import { env } from "@/lib/env";

import { query } from "../query";

/** Days after which signatures are told to be old: new ones come several times a day. */
const OLD_DAYS = 7;

export type ScannerState =
  | { state: "none" }
  | { state: "away"; why: string }
  | { state: "ready" | "old"; version: string; signaturesOf: Date | null };

/** Whether what people bring is looked at for malware, and by which signatures. */
export const scannerState = query({
  may: "security.read",
  input: z.object({}),

  async run({ now }): Promise<ScannerState> {
    const { CLAMD } = env();
    if (!CLAMD) return { state: "none" };
    try {
      const { version, signaturesOf } = await scannerVersion(CLAMD);
      const isOld =
        signaturesOf !== null && now.getTime() - signaturesOf.getTime() > OLD_DAYS * 86_400_000;
      return { state: isOld ? "old" : "ready", version, signaturesOf };
    } catch (error) {
      if (!(error instanceof ScannerAway)) throw error;
      return { state: "away", why: error.why };
    }
  },
});
