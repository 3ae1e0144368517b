import { type Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { headers } from "next/headers";

import { MissingPage, type Side } from "@/components/layout/missing-page";
import { may } from "@/domain/access/permissions";
import type { Context, Person } from "@/domain/context";
import { visitorContext } from "@/server/session";

import { ConsoleFrame } from "./console-frame";
import { OpsFrame } from "./ops-frame";
import { PublicFrame } from "./public-frame";

type Props = { banner?: React.ReactNode; children: React.ReactNode };

/**
 * What everybody may read, in the frame of who reads: developers and guests stay in their console.
 * Who is not signed in has no session to look up, so their page costs nothing more.
 */
export async function ReaderFrame({ banner, children }: Props) {
  const ctx = await visitorContext();
  const side = await sideOf(ctx);
  if (isSignedIn(ctx) && side === "ops") return <OpsFrame ctx={ctx}>{children}</OpsFrame>;
  if (isSignedIn(ctx) && side !== "public")
    return <ConsoleFrame ctx={ctx}>{children}</ConsoleFrame>;
  return (
    <PublicFrame banner={banner} isSignedIn={isSignedIn(ctx)}>
      {children}
    </PublicFrame>
  );
}

/** "There is no such page", with the ways on of that frame. */
export async function MissingInFrame() {
  return <MissingPage side={await sideOf(await visitorContext())} />;
}

/** What a browser's tab and a screen reader say first of it; an address alone names no page. */
export async function missingMetadata(): Promise<Metadata> {
  const t = await getTranslations("errors.page");
  return { title: t("notFoundTitle") };
}

const isSignedIn = (ctx: Context): ctx is Context & { actor: Person } =>
  ctx.actor.kind === "person";

/** Staff have a desk only below its own address: what is public they read as the public does. */
async function sideOf({ actor }: Context): Promise<Side> {
  const path = (await headers()).get("x-gaozhi-path") ?? "";
  if (may(actor, "staff.home") && /^\/[^/]+\/ops(?:[/?]|$)/.test(path)) return "ops";
  if (actor.kind !== "person") return "public";
  if (may(actor, "account.readOwn")) return "console";
  return may(actor, "staff.home") ? "public" : "guest";
}
