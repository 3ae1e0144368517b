import { cache } from "react";

import { listUpcomingChanges } from "@/domain/policies/list-upcoming-changes";
import { publicContext } from "@/server/public-context";

/** The major changes ahead, for the banner and the front page, read once a request. */
export const readUpcoming = cache(async () => listUpcomingChanges(await publicContext(), {}));
