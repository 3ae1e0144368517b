import { z } from "zod";

import { query } from "../query";
import { findPublicWithDocument } from "./find";

/** Under which slug and label anybody reads a published version. @throws NotFound */
export const findAddress = query({
  may: "policy.read",
  input: z.object({ versionId: z.uuid() }),

  async run({ db }, { versionId }) {
    const { document, version } = await findPublicWithDocument(db, versionId);
    return { slug: document.slug, label: version.label };
  },
});
