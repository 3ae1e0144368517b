import { readOwnData } from "@/domain/access/own-data";
import { fileDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

/** What the portal holds about the reader, as a file. */
export function GET(): Promise<Response> {
  return answer(async () => {
    const data = await readOwnData(await currentContext(), {});
    return fileDownload({
      name: "gaozhi-own-data.json",
      mediaType: "application/json; charset=utf-8",
      bytes: new TextEncoder().encode(`${JSON.stringify(data, null, 2)}\n`),
    });
  });
}
