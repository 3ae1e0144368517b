import { z } from "zod";
import { getTranslations } from "next-intl/server";

import { LOCALES } from "@/db/vocabulary/languages";
import { NotFound } from "@/domain/errors";
import { parse } from "@/domain/parse";
import { readManifest } from "@/domain/policies/read-manifest";
import { csvDownload } from "@/server/csv";
import { publicContext } from "@/server/public-context";
import { answer } from "@/server/route";
import { cellOf, type ManifestRow } from "@/text/manifest";
import { MANIFEST_FIELDS, MANIFEST_PARTS, REGISTER_ROLES } from "@/text/manifest-words";

const asked = z.object({
  locale: z.enum(LOCALES),
  slug: z.string(),
  version: z.string(),
  file: z.enum(MANIFEST_PARTS.map((part) => `${part}.csv` as const)),
});

type Props = { params: Promise<Record<string, string>> };

/** One list of a version as a file that the desk takes in again; the binding language's where it has no other. */
export function GET(_request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale, slug, version: label, file } = parse(asked, await params);
    const [part] = MANIFEST_PARTS.filter((one) => `${one}.csv` === file);
    const { manifest } = await readManifest(await publicContext(), { slug, label, locale });
    if (!part || !manifest) throw new NotFound("errors.notFound");
    const t = await getTranslations({ locale, namespace: "policies.manifest" });
    const fields = [...MANIFEST_FIELDS[part], "sensitive"];
    const head = (field: string) => t(`field.${part}.${field}` as Parameters<typeof t>[0]);
    const cell = (row: ManifestRow, field: string) => {
      if (field === "sensitive") return t(row.sensitive ? "yes" : "no");
      const said = cellOf(row, field);
      const role = REGISTER_ROLES.find((one) => one === said);
      return field === "role" && role ? t(`role.${role}`) : said;
    };
    return csvDownload({
      name: `${slug}-${label}-${part}.csv`,
      header: fields.map(head),
      pages: pagesOf(manifest[part].map((row) => fields.map((field) => cell(row, field)))),
    });
  });
}

async function* pagesOf(rows: string[][]) {
  yield await Promise.resolve(rows);
}
