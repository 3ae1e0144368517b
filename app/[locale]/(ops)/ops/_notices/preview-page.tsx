import { getTranslations } from "next-intl/server";

import { listNoticeReaders } from "@/domain/incidents/preview-readers";
import { previewNotice } from "@/domain/incidents/preview-notice";

import { ReaderPreview, wordOf } from "../_reviews/reader-preview";
import { noticeAddress } from "./address";
import { NoticeHead } from "./notice-head";
import { type NoticeProps } from "./notice-page";
import { readNoticeAt } from "./read-notice";

export async function previewMetadata() {
  const t = await getTranslations("reviews.reader");
  return { title: t("title") };
}

/** A notice as somebody of a chosen account would get it. */
export async function PreviewPage({ params, searchParams }: NoticeProps) {
  const { ctx, read } = await readNoticeAt(params);
  const [t, search] = [await getTranslations("reviews.reader"), await searchParams];
  const { id: noticeId } = read.notice;
  const uin = wordOf(search["uin"]);
  return (
    <>
      <NoticeHead read={read} part={t("part")} />
      <ReaderPreview
        told={await previewNotice(ctx, { noticeId })}
        readers={uin ? await listNoticeReaders(ctx, { noticeId, uin }) : []}
        search={search}
        here={noticeAddress(read, "/preview")}
      />
    </>
  );
}
