import { noticeKind, noticeTitle } from "@/components/broadcasts/broadcast-title";
import { inboxRoute } from "@/server/inbox-api";

export { inboxOptions as OPTIONS } from "@/server/inbox-api";
export const GET = inboxRoute({ title: noticeTitle, kind: noticeKind });
