"use server";

import { signOut } from "@/domain/access/session";
import { hashSessionToken } from "@/domain/access/secrets";
import { buttonAction } from "@/server/action";
import { clearSessionToken, readSessionToken } from "@/server/session-cookie";

export const signOutAction = buttonAction(async (ctx) => {
  const tokenHash = hashSessionToken((await readSessionToken()) ?? "");
  await clearSessionToken();
  await signOut(ctx, { tokenHash });
  return { to: "/" };
});
