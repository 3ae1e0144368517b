import { getLocale } from "next-intl/server";

import { HOME_ZONE } from "@/db/vocabulary/zones";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { momentsMeant } from "@/domain/incidents/go-out";
import { readNoticeState } from "@/domain/incidents/kept-wordings";
import { contentForReview } from "@/domain/incidents/reviewed-content";
import { orNotFound } from "@/server/or-not-found";

import { DraftStatePage } from "../_reviews/draft-state";
import { restoreAction } from "./actions";
import { noticeAddress } from "./address";
import { partsOf } from "./judged-parts";
import { NoticeHead } from "./notice-head";

type Props = { ctx: Context; read: OpsNotice; stateId: string };

/** A notice's draft as it once was. */
export async function NoticeState({ ctx, read, stateId }: Props) {
  const { notice, incident } = read;
  const asked = readNoticeState(ctx, { noticeId: notice.id, stateId });
  const [{ content, ...state }, locale] = await Promise.all([orNotFound(asked), getLocale()]);
  const { type, notifies, silentReason, goesOutAt, goesOutZone, ...parts } = content;
  const [meant = null] = momentsMeant({ goesOutAt, goesOutZone });
  const moment = { goesOutAt: meant, goesOutZone: goesOutZone === HOME_ZONE ? null : goesOutZone };
  const fields = { type, notifies, silentReason, ...moment };
  const then = { ...notice, ...fields, parts: { ...notice.parts, ...parts } };
  return (
    <>
      <NoticeHead read={read} />
      <DraftStatePage
        state={state}
        draft={contentForReview(notice, incident)}
        compare={{
          now: contentForReview(then, incident),
          partsOf: (judged) => partsOf(judged, locale),
        }}
        hidden={{ noticeId: notice.id, revision: notice.revision }}
        restore={restoreAction}
        here={noticeAddress(read)}
      />
    </>
  );
}
