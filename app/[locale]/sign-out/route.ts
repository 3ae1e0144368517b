import { hasLocale } from "next-intl";
import { type NextRequest } from "next/server";

import { withLanguage } from "@/lib/addresses";
import { routing } from "@/messages/routing";
import { endSession } from "@/server/sign-in";

type Props = { params: Promise<{ locale: string }> };

/**
 * Signs out: here, or with `everywhere` wherever the person is signed in. A form is posted here rather
 * than to an action because only a route may tell the browser to forget what it has kept. It keeps
 * the reader's theme and the mark that the door knows it by, which say nothing of anybody.
 */
export async function POST(request: NextRequest, { params }: Props): Promise<Response> {
  const { locale: given } = await params;
  const locale = hasLocale(routing.locales, given) ? given : routing.defaultLocale;
  await endSession(await isForAll(request));
  return new Response(null, {
    status: 303,
    headers: {
      location: withLanguage(locale, "/"),
      "clear-site-data": '"cache"',
      "cache-control": "no-store",
    },
  });
}

async function isForAll(request: NextRequest): Promise<boolean> {
  try {
    return (await request.formData()).has("everywhere");
  } catch {
    return false;
  }
}
