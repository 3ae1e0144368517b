import { sql } from "drizzle-orm";

import { peopleOfAccounts, readersOfNotice } from "../broadcasts/audience";
import { readerInput, readersOf } from "../broadcasts/preview-reader";
import { uuid } from "../input";
import { query } from "../query";
import { appsOfNotice } from "./audience";
import { findWithIncident } from "./find";

/** Who of an account would be told by a notice if it were approved now, for a look with their eyes. */
export const listNoticeReaders = query({
  may: "notice.readDrafts",
  input: readerInput.extend({ noticeId: uuid }),

  async run({ db }, { noticeId, uin }) {
    const { notice, incident } = await findWithIncident(db, noticeId);
    const apps = await appsOfNotice(db, notice);
    const visibility = incident?.visibility ?? notice.visibility;
    return readersOf(db, {
      ...{ uin, apps },
      pairs: sql`
        with concerned as (${apps})
        select account_id, user_id from (${peopleOfAccounts(readersOfNotice(notice, visibility))}) t`,
    });
  },
});
