import { listRecordKeys, readLastCheckpoint } from "@/domain/audit/checkpoint";
import { NotFound } from "@/domain/errors";
import { answer } from "@/server/route";
import { publicContext } from "@/server/public-context";

/** What everybody may keep to hold us to, at /.well-known/gaozhi/…: the last signed checkpoint, and the keys. */
const FILES: Record<string, () => Promise<{ type: string; body: string }>> = {
  checkpoint: async () => ({
    type: "text/plain; charset=utf-8",
    body: (await readLastCheckpoint(await publicContext(), {})).note,
  }),
  keys: async () => ({
    type: "application/json",
    body: JSON.stringify({ keys: await listRecordKeys(await publicContext(), {}) }, null, 2),
  }),
};

type Props = { params: Promise<{ file: string }> };

export function GET(_request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const read = FILES[(await params).file];
    if (!read) throw new NotFound("errors.notFound");
    const { type, body } = await read();
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
      },
    });
  });
}
