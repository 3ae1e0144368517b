import { type NextRequest } from "next/server";
import { stringify } from "csv-stringify/sync";

import { NotFound } from "@/domain/errors";
import { fileDownload } from "@/server/file-download";
import { readKitWords } from "@/server/kit-words";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
import {
  applePrivacyManifest,
  dataSafetyRows,
  kitHtml,
  kitMarkdown,
  type KitWords,
} from "@/wording/policy-kit";
import type { PolicyKit } from "@/domain/policies/policy-kit";

type Props = { params: Promise<{ locale: string; appId: string; file: string }> };

/** It opens in a spreadsheet as what it is, and no cell is taken for a formula. */
const csv = (rows: string[][]) =>
  `\ufeff${stringify(rows, { escape_formulas: true, record_delimiter: "windows" })}`;

type Making = { mediaType: string; make: (kit: PolicyKit, words: KitWords) => string };
const FILES: Readonly<Record<string, Making>> = {
  "clause.md": {
    mediaType: "text/markdown; charset=utf-8",
    make: (_, words) => kitMarkdown(words),
  },
  "clause.html": { mediaType: "text/html; charset=utf-8", make: (_, words) => kitHtml(words) },
  "table.csv": {
    mediaType: "text/csv; charset=utf-8",
    make: (_, { head, rows }) => csv([head, ...rows]),
  },
  "data-safety.csv": {
    mediaType: "text/csv; charset=utf-8",
    make: (kit) => csv(dataSafetyRows(kit)),
  },
  "privacy-manifest.xml": {
    mediaType: "application/xml; charset=utf-8",
    make: (kit) => applePrivacyManifest(kit),
  },
};

/** What an app's own policy has to say of the product, in the form that is wanted (P40). */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: given, appId, file } = await params;
    const making = FILES[file];
    if (!making) throw new NotFound("errors.notFound");
    const locale = localeIn(given);
    const { kit, words } = await readKitWords(await currentContext(), { appId, locale });
    return fileDownload({
      name: `${kit.slug}-${kit.label}-${file}`,
      mediaType: making.mediaType,
      bytes: new TextEncoder().encode(making.make(kit, words)),
    });
  });
}
