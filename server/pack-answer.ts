import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import zlib from "node:zlib";

import type { KeptAnswer } from "@/lib/kept-answers";
import { MANNERS, THEME_SCRIPT } from "@/lib/own-scripts";

import { nonceOf } from "./content-security-policy";

/** What belongs to a connection, or to one coding of one answer, and is written anew. */
const OWN_TO_ANSWER = new Set([
  ...["connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding"],
  ...["date", "etag", "vary", "cache-control", "x-request-id"],
]);

/** An answer as it is kept and sent again: a page without React, and all of it in each coding. */
export async function packAnswer(headers: IncomingHttpHeaders, made: Buffer): Promise<KeptAnswer> {
  const isPage = headers["content-type"]?.startsWith("text/html");
  const body = isPage ? Buffer.from(withoutReact(made.toString("utf8"))) : made;
  const [br, gzip] = await Promise.all([
    promisify(zlib.brotliCompress)(body, {
      params: {
        [zlib.constants.BROTLI_PARAM_QUALITY]: 6,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
    promisify(zlib.gzip)(body, { level: 7 }),
  ]);
  return {
    headers: plainHeaders(headers),
    hash: hashOf(body, headers),
    bodies: { br, gzip, identity: body },
  };
}

const plainHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && !OWN_TO_ANSWER.has(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );

/** Of what the page says: the nonce, which is new each time it is made, does not count. */
function hashOf(body: Buffer, headers: IncomingHttpHeaders): string {
  const nonce = nonceOf(String(headers["content-security-policy"]));
  const said = nonce ? body.toString("latin1").replaceAll(nonce, "") : body;
  return createHash("sha256").update(said).digest("base64url");
}

const SCRIPTS = /<script\b([^>]*)>([^]*?)<\/script>/g;
const FETCHED_AHEAD = /<link rel="preload" as="script"[^>]*>/g;
/** React's place for what comes later in the stream, and is put there by a script. */
const UNFINISHED = /<template id="[BPS]:/;

/**
 * A page as it is read, without the scripts that wake React on it and the page's second copy, which
 * they would read (docs/decisions/019). React escapes every "<" of a text and every ">" of an
 * attribute, so what looks like a script is one. A page of which a part is still to be put in its
 * place by a script stays as it is.
 */
export function withoutReact(html: string): string {
  if (UNFINISHED.test(html)) return html;
  return html
    .replace(SCRIPTS, (script: string, attributes: string, content: string) =>
      content === THEME_SCRIPT || attributes.includes(`src="${MANNERS}"`) ? script : "",
    )
    .replace(FETCHED_AHEAD, "");
}
