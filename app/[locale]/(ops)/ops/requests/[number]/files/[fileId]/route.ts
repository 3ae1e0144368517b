import { openRequestFile } from "@/domain/requests/show-contents";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ number: string; fileId: string }> };

/** A proof file for the case's people: always saved, never shown, never run (proxy.ts sandboxes it); the view is recorded. */
export function GET(_request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { number, fileId } = await params;
    const { name, mediaType, content } = await openRequestFile(await currentContext(), {
      number,
      fileId,
    });
    return new Response(new Uint8Array(content), {
      headers: {
        "Content-Type": mediaType,
        "Content-Disposition": `attachment; filename="proof"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", "%27")}`,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
      },
    });
  });
}
