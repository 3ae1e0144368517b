import { type Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { readTicketLink } from "@/domain/tickets/read-link";
import { visitorContext } from "@/server/session";

import { EndedLink } from "./_components/ended-link";
import { OpenLink } from "./_components/open-link";

type Props = { params: Promise<{ link: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tickets.landing");
  // The address is the key: it is told to no other site and kept out of every index.
  return { title: t("title"), referrer: "no-referrer", robots: { index: false, follow: false } };
}

/** Behind a support ticket's link: what it opens and until when. Nothing happens before the button. */
export default async function TicketLinkPage({ params }: Props) {
  const { link } = await params;
  const ctx = await visitorContext();
  const shown = await readTicketLink(ctx, { link });
  if (shown.state !== "open") return <EndedLink shown={shown} />;
  return <OpenLink link={link} shown={shown} isSignedIn={ctx.actor.kind === "person"} />;
}
