import { listRecordKeys, readLastCheckpoint } from "@/domain/audit/checkpoint";
import { readConsistency } from "@/domain/audit/checkpoint-mails";
import { NotFound } from "@/domain/errors";
import { answer } from "@/server/route";
import { publicContext } from "@/server/public-context";

/** What everybody may keep to hold us to, at /.well-known/gaozhi/…: the last signed checkpoint, the keys, and that one checkpoint goes on from another. */
const FILES: Record<string, (asked: URLSearchParams) => Promise<{ type: string; body: string }>> = {
  checkpoint: async () => ({
    type: "text/plain; charset=utf-8",
    body: (await readLastCheckpoint(await publicContext(), {})).note,
  }),
  keys: async () => ({
    type: "application/json",
    body: JSON.stringify({ keys: await listRecordKeys(await publicContext(), {}) }, null, 2),
  }),
  consistency: async (asked) => {
    const sizes = { from: asked.get("from") ?? "", to: asked.get("to") ?? undefined };
    const file = await readConsistency(await publicContext(), sizes);
    return { type: "application/json", body: `${JSON.stringify(file, null, 2)}\n` };
  },
};

type Props = { params: Promise<{ file: string }> };

export function GET(request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const read = FILES[(await params).file];
    if (!read) throw new NotFound("errors.notFound");
    const { type, body } = await read(new URL(request.url).searchParams);
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
      },
    });
  });
}
