import { cache } from "react";

import { readLibrary } from "@/domain/policies/library";
import { publicContext } from "@/server/public-context";

/** Every published document with its versions, read once a request. */
export const readPublicLibrary = cache(async () => readLibrary(await publicContext(), {}));
