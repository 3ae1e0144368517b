import { listCheckpoints, listRecordKeys, readLastCheckpoint } from "@/domain/audit/checkpoint";
import { readConsistency } from "@/domain/audit/checkpoint-mails";
import { NotFound } from "@/domain/errors";
import { env } from "@/lib/env";
import { atomOf, type Feed } from "@/lib/feed";
import { translator } from "@/messages/translator";
import { answer } from "@/server/route";
import { publicContext } from "@/server/public-context";
import { publicAddress } from "@/server/public-metadata";
import { vendorName } from "@/server/vendor";

/** What everybody may keep to hold us to, at /.well-known/gaozhi/…: the last signed checkpoint, the keys, and that one checkpoint goes on from another. */
const FILES: Record<string, (asked: URLSearchParams) => Promise<{ type: string; body: string }>> = {
  checkpoint: async () => ({
    type: "text/plain; charset=utf-8",
    body: (await readLastCheckpoint(await publicContext(), {})).note,
  }),
  checkpoints: async () => ({
    type: "application/atom+xml; charset=utf-8",
    body: atomOf(await checkpointFeed()),
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

/** The last fifty, to be kept by any reader of feeds: each entry is a note as it was signed. */
async function checkpointFeed(): Promise<Feed> {
  const t = translator("zh-CN", "verify");
  const folder = `${env().APP_ORIGIN}/.well-known/gaozhi`;
  const checkpoints = await listCheckpoints(await publicContext(), {});
  const page = publicAddress("zh-CN", "/verify");
  return {
    ...{ title: t("checkpointFeed.title"), description: t("checkpointFeed.lead") },
    ...{ author: vendorName("zh-CN"), language: "zh-CN", page },
    addresses: { atom: `${folder}/checkpoints`, json: `${folder}/checkpoint` },
    entries: checkpoints.map(({ size, note, sealedAt }) => ({
      id: `${folder}/checkpoint#${size}`,
      ...{ url: page, publishedAt: sealedAt, updatedAt: sealedAt, text: note },
      ...{
        title: t("checkpointFeed.entry", { size }),
        summary: t("checkpointFeed.entry", { size }),
      },
    })),
  };
}

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
