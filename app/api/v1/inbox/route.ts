import { noticeKind, noticeTitle } from "@/components/broadcasts/broadcast-title";
import { inboxOptions, inboxRoute } from "@/server/inbox-api";
import { onlyMethods } from "@/server/only-methods";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({
  GET: inboxRoute({ title: noticeTitle, kind: noticeKind }),
  OPTIONS: inboxOptions,
});
