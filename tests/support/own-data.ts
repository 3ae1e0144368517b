import { openOwnData, pagesOf, partNames, type Row } from "@/domain/access/own-data";
import type { Context } from "@/domain/context";

/** All that is held about the reader, or about an account of theirs, kind by kind. */
export async function ownDataOf(
  ctx: Context,
  asked: Parameters<typeof openOwnData>[1] = {},
): Promise<Record<string, Row[]>> {
  const taking = await openOwnData(ctx, asked);
  const parts: Record<string, Row[]> = {};
  for (const part of partNames(taking)) {
    const all: Row[] = (parts[part] = []);
    for await (const { rows } of pagesOf(ctx, { whose: taking.whose, part })) all.push(...rows);
  }
  return parts;
}
