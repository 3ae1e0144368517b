import "server-only";

import { notFound, redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { headers } from "next/headers";
import { cache } from "react";

import { authorize, may, type Permission } from "@/domain/access/permissions";
import { readSession } from "@/domain/access/session";
import { ANONYMOUS, asJob, type Context, type Person } from "@/domain/context";
import { hashSessionToken } from "@/domain/access/secrets";

import { hasSession } from "./auth";
import { readSessionToken } from "./session-cookie";

type SignedIn = Context & { actor: Person };

/** Who is asking, once per request: the person of the session, or anonymous. Never throws for a stranger. */
export const currentContext = cache(async (): Promise<Context> => {
  const now = new Date();
  const token = await readSessionToken();
  if (!token || !(await hasSession(token))) return { actor: ANONYMOUS, now };
  const person = await readSession(asJob("session", now), { tokenHash: hashSessionToken(token) });
  return { actor: person ?? ANONYMOUS, now };
});

/**
 * The context of a page for signed-in people. A stranger goes to sign-in and comes back to this
 * page; a person without the permission finds nothing here.
 */
export async function requireContext(permission: Permission): Promise<SignedIn> {
  const { actor, now } = await currentContext();
  if (actor.kind !== "person") return goToSignIn();
  if (!may(actor, permission)) notFound();
  authorize(actor, permission);
  return { actor, now };
}

async function goToSignIn(): Promise<never> {
  const path = (await headers()).get("x-gaozhi-path") ?? "";
  redirect(`/${await getLocale()}/sign-in?return=${encodeURIComponent(path)}`);
}
