import { getLocale } from "next-intl/server";

import { findSignInRequest } from "@/domain/access/find-request";
import { formatTime } from "@/lib/format";
import { visitorContext } from "@/server/session";
import { destinationOf } from "@/server/sign-in";
import { currentVisitor } from "@/server/visitor";

/** A sign-in request as its pages show it, with who is signed in already; null for none. */
export async function readRequest(requestId: string) {
  const [ctx, visitor, locale] = await Promise.all([
    visitorContext(),
    currentVisitor(),
    getLocale(),
  ]);
  const request = await findSignInRequest(ctx, { requestId, visitor });
  if (!request) return null;
  const { actor } = ctx;
  const { returnPath } = request;
  return {
    ...request,
    requestId,
    until: formatTime(request.expiresAt),
    signedIn:
      actor.kind === "person"
        ? { name: actor.name, path: destinationOf(actor, { returnPath, locale }) }
        : null,
  };
}
