import { cache } from "react";

import { findAnnouncement } from "@/domain/broadcasts/find-announcement";
import { orNotFound } from "@/server/or-not-found";
import { publicContext } from "@/server/public-context";

/** One announcement, read once a request for the page and its metadata. */
export const readAnnouncement = cache(async (id: string) =>
  orNotFound(findAnnouncement(await publicContext(), { id })),
);
