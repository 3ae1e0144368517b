import "server-only";

type Download = { name: string; mediaType: string; bytes: Uint8Array };

/** What somebody brought as proof: saved, never shown in the browser, and able to do nothing there. */
export function fileDownload({ bytes, ...file }: Download): Response {
  return new Response(new Uint8Array(bytes), { headers: headersOf(file) });
}

type Streamed = Omit<Download, "bytes"> & { pieces: AsyncGenerator<Uint8Array<ArrayBuffer>> };

/** The same piece by piece, each made when the one before has gone; what fails midway ends it broken off. */
export function streamDownload({ pieces, ...file }: Streamed): Response {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(stream, { headers: headersOf(file) });
}

function headersOf({ name, mediaType }: Omit<Download, "bytes">): Record<string, string> {
  const plain = name.replace(/[^\w.-]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return {
    "Content-Type": mediaType,
    "Content-Disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
  };
}
