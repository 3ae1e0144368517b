import { type NextRequest } from "next/server";

import { readReport } from "@/domain/incidents/read-duties";
import { fileDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { vendorName } from "@/server/vendor";
import { REPORT_LOCALES, reportText } from "@/wording/report";

type Props = { params: Promise<{ number: string; duty: string }> };

/** A report to an authority as a text file, in the language the authority is written to. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { number, duty } = await params;
    const read = await readReport(await currentContext(), { number, report: duty });
    const text = reportText(read, vendorName(REPORT_LOCALES[read.report.duty]));
    return fileDownload({
      name: `${number}-${duty}.txt`,
      mediaType: "text/plain; charset=utf-8",
      bytes: new TextEncoder().encode(text),
    });
  });
}
