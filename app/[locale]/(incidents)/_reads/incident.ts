import { cache } from "react";

import { findPublishedIncident } from "@/domain/notices/find-published";
import { found } from "@/server/found";
import { currentContext } from "@/server/session";

/** One incident as this reader may read it, read once a request for the page and its metadata. */
export const readIncident = cache(async (number: string) =>
  found(findPublishedIncident(await currentContext(), { number })),
);
