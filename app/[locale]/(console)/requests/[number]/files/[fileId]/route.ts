import { type NextRequest } from "next/server";

import { NotAllowed } from "@/domain/errors";
import { openOwnFile } from "@/domain/requests/open-own-file";
import { at, withLanguage } from "@/lib/addresses";
import { fileDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; number: string; fileId: string }> };

/**
 * A file of the reader's own request, as an attachment; the look is on the record. Whoever has to confirm
 * who they are is led to it, and back to the page that has the file.
 */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: language, number, fileId } = await params;
    try {
      return fileDownload(await openOwnFile(await currentContext(), { number, fileId }));
    } catch (error) {
      if (!(error instanceof NotAllowed && error.messageKey === "access.errors.staleFactor"))
        throw error;
      const locale = localeIn(language);
      const back = withLanguage(locale, at("/requests/*", number));
      const location = withLanguage(locale, at("/sign-in/factor", { return: back }));
      return new Response(null, {
        status: 303,
        headers: { location, "cache-control": "no-store" },
      });
    }
  });
}
