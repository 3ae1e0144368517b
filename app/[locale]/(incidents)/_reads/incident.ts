import { cache } from "react";

import { findPublishedIncident } from "@/domain/incidents/find-published";
import { orNotFound } from "@/server/or-not-found";
import { visitorContext } from "@/server/session";

/** One incident as this reader may read it, read once a request for the page and its metadata. */
export const readIncident = cache(async (number: string) =>
  orNotFound(findPublishedIncident(await visitorContext(), { number })),
);
