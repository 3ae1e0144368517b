import { z } from "zod";

import { uuid } from "../input";
import { query } from "../query";
import { keeping } from "../reviews/keep-typed";
import { findState, listStates } from "../reviews/read-states";
import { saidBy } from "./edit";
import { findWithDocument, lockVersion, textsOf } from "./find";
import { draftInput } from "./input";
import { VERSION } from "./review-kind";

/** What an author has typed of a version and not saved. */
export const keepTypedVersion = keeping({
  may: "policy.draft",
  kind: VERSION,
  content: draftInput.omit({ versionId: true, revision: true, sources: true, stateId: true }),
  find: async (tx, id) => (await lockVersion(tx, id, "share")).version,
});

/** What a version's draft said before, without the words. */
export const listVersionStates = query({
  may: "policy.readDrafts",
  input: z.object({ versionId: uuid }),

  async run({ db }, { versionId }) {
    return listStates(db, versionId);
  },
});

/** One of them as the whole draft it was: what was not typed then is as it is now. @throws NotFound */
export const readVersionState = query({
  may: "policy.draft",
  input: z.object({ versionId: uuid, stateId: uuid }),

  async run({ db }, { versionId, stateId }) {
    const state = await findState(db, { subjectId: versionId, stateId });
    const { version } = await findWithDocument(db, versionId);
    const now = saidBy(version, { texts: await textsOf(db, versionId) });
    const fields = { versionId, revision: version.revision, ...now, ...state.content };
    return { ...state, content: draftInput.parse(fields) };
  },
});
