import { z } from "zod";

import { seal, unsealText } from "@/lib/seal";

import { noticeInput, prefillInput } from "./input";

const CONTEXT = "ticket.link";

const content = z.union([
  z.object({ prefill: prefillInput }),
  z.object({ notice: noticeInput }),
  z.object({ request: z.string() }),
  z.object({ uin: z.string() }),
]);

/** What one link brings along: the wizard's first answers, the notice or request to read, the account to leave. */
export type LinkContent = z.output<typeof content>;

/** The content as it rests in the database: it may name people. */
export const sealContent = (given: LinkContent): Buffer => seal(JSON.stringify(given), CONTEXT);

/** Reads it back. @throws when the row was changed by somebody else than `sealContent` */
export const openContent = (sealed: Buffer): LinkContent =>
  content.parse(JSON.parse(unsealText(sealed, CONTEXT)));
