import { z } from "zod";

import type { Locale } from "@/db/vocabulary/languages";
import { env } from "@/lib/env";
import type { OutwardPost, PostAnswer } from "@/lib/post-outward";
import { signTc3 } from "@/lib/tc3";
import { incidentKind } from "@/wording/incident-notice";

import type { Channel, DispatchResult } from "../channel";

/** The operator's templates, each registered with its variables in their order. */
type Template = { name: "incident" | "code"; locale: Locale; values: readonly string[] };

/** The operator's limit for one variable. */
const MOST_CHARACTERS = 30;

const cut = (value: string): string => [...value].slice(0, MOST_CHARACTERS).join("");

/** What is kept of a message: all of it but whom it goes to. `id` comes back with the operator's reports. */
export function smsBody({ name, locale, values }: Template, id: string): string {
  const { SMS_APP_ID, SMS_SIGNATURE, SMS_TEMPLATES } = env();
  return JSON.stringify({
    SmsSdkAppId: SMS_APP_ID,
    SignName: SMS_SIGNATURE,
    TemplateId: SMS_TEMPLATES[`${name}.${locale}`],
    TemplateParamSet: values.map(cut),
    SessionContext: id,
  });
}

/** A message to one number, in the form of Tencent Cloud's SendSms (2021-01-11). */
export function smsRequest(kept: string, { to, now }: { to: string; now: Date }): OutwardPost {
  const body = kept.replace(/^\{/, `{"PhoneNumberSet":[${JSON.stringify(to)}],`);
  return operatorRequest("SendSms", { body, now });
}

/** One question to the operator, signed for this moment. */
export function operatorRequest(
  action: string,
  { body, now }: { body: string; now: Date },
): OutwardPost {
  const { SMS_OPERATOR = "", SMS_SENDER_ID: id = "", SMS_SECRET_KEY: key = "", SMS_REGION } = env();
  const { host } = new URL(SMS_OPERATOR);
  return {
    url: SMS_OPERATOR,
    headers: {
      ...signTc3({ id, key, host, service: "sms", body, now }),
      ...{ "x-tc-action": action, "x-tc-version": "2021-01-11", "x-tc-region": SMS_REGION },
    },
    body,
  };
}

type Sent = { Code?: string; Fee?: number | undefined; SerialNo?: string | undefined };

const said = z.object({
  Response: z.object({
    Error: z.object({ Code: z.string() }).optional(),
    SendStatusSet: z
      .array(
        z.object({
          Code: z.string(),
          Fee: z.number().optional(),
          SerialNo: z.string().optional(),
        }),
      )
      .optional(),
  }),
});

/** Too often: nothing was sent. */
const AGAIN =
  /^(?:RequestLimitExceeded|LimitExceeded\.(?:DeliveryFrequency|PhoneNumberThirtySecond|PhoneNumberOneHour)Limit)/;
/** The number is none, or its holder wants nothing more. */
const GONE = /PhoneNumberInBlacklist|IncorrectPhoneNumber/;

/** What an answer means. One that is none may have been written after the message had left. */
export function readSms({
  status,
  text,
}: Extract<PostAnswer, { kind: "answered" }>): DispatchResult {
  const { data } = said.safeParse(jsonOf(text));
  if (!data) return readStatus(status);
  const { Error: error, SendStatusSet: [sent] = [] } = data.Response;
  const { Code: code = "", Fee: fee = 1, SerialNo: receipt } = error ? toSent(error) : (sent ?? {});
  if (code !== "Ok") return { kind: meaningOf(code), ...pausing(code) };
  return { kind: "delivered", fee, ...(receipt && { receipt }) };
}

const toSent = ({ Code }: { Code: string }): Sent => ({ Code });

function meaningOf(code: string): "retry" | "uncertain" | "gone" | "failed" {
  if (AGAIN.test(code)) return "retry";
  // The operator does not know itself whether it left.
  if (code === "" || code.startsWith("InternalError")) return "uncertain";
  return GONE.test(code) ? "gone" : "failed";
}

const pausing = (code: string) => ({
  reason: code,
  ...(AGAIN.test(code) && { retryAfterMs: 60_000 }),
});

function readStatus(status: number): DispatchResult {
  const reason = `HTTP ${status}`;
  if (status === 429) return { kind: "retry", reason, retryAfterMs: 60_000 };
  return { kind: status >= 500 || status === 200 ? "uncertain" : "failed", reason };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * A message to a person's mobile number. It names the incident and what kind it is, and nothing of what
 * happened: anybody reads it on a locked screen, and the templates have no room.
 */
export const sms: Channel = {
  compose: ({ told, locale, id }) => {
    if (told?.kind !== "incident_notice") throw new Error("no message is registered for this");
    const { incidentNumber } = told.facts;
    const values = [incidentNumber, incidentKind(told.facts, locale)];
    return smsBody({ name: "incident", locale, values }, id);
  },
  request: (body, { address, now }) => smsRequest(body, { to: address, now }),
  read: readSms,
};
