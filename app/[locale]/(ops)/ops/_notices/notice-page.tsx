import { getLocale } from "next-intl/server";

import { may } from "@/domain/access/permissions";
import { localized } from "@/lib/localized";
import { redirectTo } from "@/server/redirect";

import { noticeAddress } from "./address";
import { Composer } from "./composer";
import { noticeName } from "./notice-head";
import { NoticeState } from "./notice-state";
import { PublishedNoticePage } from "./published-notice";
import { type NoticeParams, readNoticeAt } from "./read-notice";
import { TemplatePreview } from "./template-preview";

export type NoticeProps = {
  params: NoticeParams;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The title of a notice's pages. */
export async function noticeMetadata({ params }: Pick<NoticeProps, "params">) {
  const { read } = await readNoticeAt(params);
  const { text } = localized(read.notice.parts.title, await getLocale());
  return { title: text || (await noticeName(read)) };
}

/** A notice at its author's desk; once approved, what became of it. */
export async function NoticePage({ params, searchParams }: NoticeProps) {
  const { ctx, read } = await readNoticeAt(params);
  const { done, state, template } = await searchParams;
  const { status } = read.notice;
  if (status === "published") return <PublishedNoticePage ctx={ctx} read={read} done={done} />;
  if (status === "scheduled" || status === "discarded" || !may(ctx.actor, "notice.draft"))
    return redirectTo(noticeAddress(read, "/review"));
  if (typeof state === "string") return <NoticeState ctx={ctx} read={read} stateId={state} />;
  if (typeof template === "string")
    return <TemplatePreview ctx={ctx} read={read} templateId={template} />;
  return <Composer ctx={ctx} read={read} done={done} />;
}
