import type { EndpointChannel } from "@/db/vocabulary/endpoints";
import { postableUrl } from "@/lib/public-address";

import type { AddressRule } from "./channel";
import { dingtalkAddress } from "./dingtalk/address";
import { feishuAddress } from "./feishu/address";
import { pushAddress } from "./push/address";
import { smsAddress } from "./sms/address";
import { webhookAddress } from "./webhook/address";
import { wecomAddress } from "./wecom/address";

/** Each channel's addresses. A new channel is its folder, its name in the vocabulary and a row here and in catalogue.ts. */
export const ADDRESSES: Record<EndpointChannel, AddressRule> = {
  webhook: webhookAddress,
  wecom: wecomAddress,
  feishu: feishuAddress,
  dingtalk: dingtalkAddress,
  push: pushAddress,
  sms: smsAddress,
};

/**
 * An address that the channel may be given. `also` are hosts that stand in for it (ENDPOINT_HOSTS).
 * @throws NotPostable; @returns null where it is an address of something else
 */
export function channelAddress(
  channel: EndpointChannel,
  text: string,
  also: readonly string[],
): URL | null {
  const url = postableUrl(text, also);
  const { hosts, fits } = ADDRESSES[channel];
  const isTheirs = !hosts || hosts.includes(url.hostname) || also.includes(url.host);
  return isTheirs && fits(url) ? url : null;
}
