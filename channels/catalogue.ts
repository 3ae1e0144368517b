import type { EndpointChannel } from "@/db/vocabulary/endpoints";

import type { Channel } from "./channel";
import { dingtalk } from "./dingtalk/post";
import { feishu } from "./feishu/post";
import { push } from "./push/post";
import { sms } from "./sms/post";
import { webhook } from "./webhook/post";
import { wecom } from "./wecom/post";

/** How each channel says, posts and hears. */
export const CATALOGUE: Record<EndpointChannel, Channel> = {
  webhook,
  wecom,
  feishu,
  dingtalk,
  push,
  sms,
};
