import { inboxOptions, inboxRoute } from "@/server/inbox-api";
import { onlyMethods } from "@/server/only-methods";
import { noticeKind, noticeTitle } from "@/wording/notice-line";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({
  GET: inboxRoute({ title: noticeTitle, kind: noticeKind }),
  OPTIONS: inboxOptions,
});
