import { type NextRequest } from "next/server";

import type { Context } from "@/domain/context";
import { NotAllowed } from "@/domain/errors";
import { at, withLanguage } from "@/lib/addresses";
import { streamDownload } from "@/server/file-download";
import { exportOwnData } from "@/server/own-data-zip";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string }> };

/**
 * All that the portal holds about the reader, or with `account` about an account of theirs. A form is
 * posted here, for it goes on the record; whoever has to sign in or to confirm who they are is led to it
 * and back to the page that has the form.
 */
export async function POST(request: NextRequest, { params }: Props): Promise<Response> {
  const locale = localeIn((await params).locale);
  const accountId = await accountIn(request);
  const ctx = await currentContext();
  const to = (door: "/sign-in" | "/sign-in/factor") =>
    new Response(null, {
      status: 303,
      headers: {
        location: withLanguage(locale, at(door, { return: pageOf(ctx, { locale, accountId }) })),
        "cache-control": "no-store",
      },
    });
  if (ctx.actor.kind !== "person") return to("/sign-in");
  return answer(async () => {
    try {
      const { name, pieces } = await exportOwnData(ctx, {
        locale,
        ...(accountId && { accountId }),
      });
      return streamDownload({ name, mediaType: "application/zip", pieces });
    } catch (error) {
      if (error instanceof NotAllowed && error.messageKey === "access.errors.staleFactor")
        return to("/sign-in/factor");
      throw error;
    }
  });
}

type Asked = { locale: string; accountId: string | null };

/** The page with the form; staff who are in no account have their settings at operations. */
function pageOf({ actor }: Context, { locale, accountId }: Asked): string {
  if (accountId) return withLanguage(locale, "/account");
  const isStaff = actor.kind === "person" && actor.staffRoles.length > 0;
  return withLanguage(locale, isStaff ? "/ops/settings" : "/settings");
}

async function accountIn(request: NextRequest): Promise<string | null> {
  try {
    const given = (await request.formData()).get("account");
    return typeof given === "string" && given !== "" ? given : null;
  } catch {
    return null;
  }
}
