import { hasLocale } from "next-intl";
import { redirect } from "next/navigation";
import { type NextRequest } from "next/server";

import { at, withLanguage } from "@/lib/addresses";
import { safeReturnPath } from "@/lib/return-path";
import { routing } from "@/messages/routing";
import { doorContext } from "@/server/session";
import { destinationOf } from "@/server/sign-in";

type Props = { params: Promise<{ locale: string }> };

/** Back from the identity provider: on to where the link pointed, or without a session to sign-in. */
export async function GET(request: NextRequest, { params }: Props): Promise<never> {
  const { locale: asked } = await params;
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
  const returnPath = safeReturnPath(request.nextUrl.searchParams.get("return"), "");
  const {
    ctx: { actor },
  } = await doorContext();
  if (actor.kind === "person") redirect(destinationOf(actor, { returnPath, locale }));
  redirect(withLanguage(locale, at("/sign-in", { return: returnPath })));
}
