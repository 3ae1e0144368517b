import { z } from "zod";

import { env } from "@/lib/env";
import type { OutwardPost, PostAnswer } from "@/lib/post-outward";

import { operatorRequest } from "./post";

/** What the operator says became of one message, by the id it gave it when it took it. */
export type Report = { receipt: string; isArrived: boolean; said: string; at: Date };

/** So far back the operator knows (seconds). */
const KNOWN_SECONDS = 7 * 86_400;

type Asking = { to: string; since: Date; now: Date };

/**
 * Asks what became of the messages to one number since a moment, in the form of Tencent Cloud's
 * PullSmsSendStatusByPhoneNumber (2021-01-11; cloud.tencent.com/document/product/382/55976). It may be asked
 * again and says the same, unlike PullSmsSendStatus, which says each report once: one that a killed worker
 * had in hand would be lost. It is asked by us and signed, unlike a callback, which carries no signature.
 */
export function reportsRequest({ to, since, now }: Asking): OutwardPost {
  const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000);
  const body = JSON.stringify({
    SmsSdkAppId: env().SMS_APP_ID,
    PhoneNumber: to,
    BeginTime: Math.max(seconds(since), seconds(now) - KNOWN_SECONDS),
    Offset: 0,
    Limit: 100,
  });
  return operatorRequest("PullSmsSendStatusByPhoneNumber", { body, now });
}

/** The end of 2099: what is beyond it is no moment. */
const LAST_SECOND = 4_102_444_799;

const said = z.object({
  Response: z.object({
    PullSmsSendStatusSet: z.array(
      z.object({
        SerialNo: z.string(),
        ReportStatus: z.enum(["SUCCESS", "FAIL"]),
        Description: z.string(),
        UserReceiveTime: z.int().min(0).max(LAST_SECOND),
      }),
    ),
  }),
});

/** What an answer says; null where it says nothing: it is asked again. */
export function readReports({
  status,
  text,
}: Extract<PostAnswer, { kind: "answered" }>): Report[] | null {
  const { data } = said.safeParse(status === 200 ? jsonOf(text) : null);
  if (!data) return null;
  return data.Response.PullSmsSendStatusSet.map((one) => ({
    receipt: one.SerialNo,
    isArrived: one.ReportStatus === "SUCCESS",
    said: one.Description,
    at: new Date(one.UserReceiveTime * 1000),
  }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
