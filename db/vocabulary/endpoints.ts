/** What an account names to be posted to. */
export const ACCOUNT_CHANNELS = ["webhook", "wecom", "feishu", "dingtalk"] as const;
export type AccountChannel = (typeof ACCOUNT_CHANNELS)[number];

/** What a person turns on for themselves: a browser, a mobile number. */
export const PERSON_CHANNELS = ["push", "sms"] as const;
export type PersonChannel = (typeof PERSON_CHANNELS)[number];

/** What is posted to an endpoint, beside the in-site message and the mail. Each is a folder of channels/. */
export const ENDPOINT_CHANNELS = [...ACCOUNT_CHANNELS, ...PERSON_CHANNELS] as const;
export type EndpointChannel = (typeof ENDPOINT_CHANNELS)[number];

/** What the owners of an endpoint choose it to be told of. */
export const ENDPOINT_TOPICS = ["incidents", "policies", "announcements", "requests"] as const;
export type EndpointTopic = (typeof ENDPOINT_TOPICS)[number];

/**
 * One post of one broadcast to one endpoint. `accepted` is a text message that its operator took and has
 * not reported of yet: a report makes it `delivered` or `failed`. `unknown` is one of which nobody can tell whether it
 * arrived, and that may not be repeated: its receiver would show it twice.
 */
export const DISPATCH_STATUSES = [
  "queued",
  "accepted",
  "delivered",
  "failed",
  "unknown",
  "cancelled",
] as const;
export type DispatchStatus = (typeof DISPATCH_STATUSES)[number];

/** How one attempt ended; `uncertain` is one that may have arrived. One that never ended was cut off with its worker. */
export const DISPATCH_OUTCOMES = ["delivered", "retry", "uncertain", "failed", "gone"] as const;
export type DispatchOutcome = (typeof DISPATCH_OUTCOMES)[number];

/** Why nothing is posted to an endpoint any more; `gone` is what its receiver said (404, 410, a robot taken out of its group); `handed_over`, somebody else uses the browser now; `signed_out`, its person left the browser. */
export const ENDPOINT_ENDS = [
  ...(["removed", "gone", "deregistered"] as const),
  ...(["erased", "handed_over", "signed_out"] as const),
] as const;
export type EndpointEnd = (typeof ENDPOINT_ENDS)[number];
