import { z } from "zod";

import { env } from "@/lib/env";
import { keepSenderDomain, lookUp, type SenderDomain } from "@/lib/sender-domain";

import { query } from "../query";

const read = keepSenderDomain(lookUp);

/**
 * What the domain of MAIL_FROM says of who may send in its name. Null outside of production: mails of a
 * demo or a test go to a stand-in, and nothing leaves this machine to be asked for.
 */
export const readOwnSenderDomain = query({
  may: "suppression.read",
  input: z.object({}),

  async run({ now }): Promise<SenderDomain | null> {
    const { GAOZHI_MODE, MAIL_FROM, MAIL_DKIM_SELECTOR, MAIL_RETURN_PATH } = env();
    if (GAOZHI_MODE !== "production") return null;
    return read(
      { from: MAIL_FROM, selector: MAIL_DKIM_SELECTOR, returnPath: MAIL_RETURN_PATH },
      now,
    );
  },
});
