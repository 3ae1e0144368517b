/** The body of a request or an answer up to so many bytes; null for more, without reading on. */
export async function readLimited(request: Pick<Request, "body">, most: number) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
