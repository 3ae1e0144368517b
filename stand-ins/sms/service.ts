import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

/** What the operator knows of who sends. */
export const SMS_SENDER = {
  id: "AKIDstandin",
  key: "stand-in-secret-key",
  app: "1400000000",
  signature: "云桥科技",
  /** By their ids: how many variables each template has. */
  templates: { "1001": 2, "1002": 2, "2001": 2, "2002": 2 } as Record<string, number>,
};

const FIVE_MINUTES_S = 300;
const MINUTE_MS = 60_000;

const asked = z.object({
  PhoneNumberSet: z.array(z.string()).length(1),
  SmsSdkAppId: z.string(),
  SignName: z.string(),
  TemplateId: z.string(),
  TemplateParamSet: z.array(z.string().max(30)),
  SessionContext: z.string().max(512),
});

type Given = { headers: IncomingHttpHeaders; body: string; now: number };

/**
 * Stands in for the operator of text messages: Tencent Cloud's SendSms as it is documented
 * (cloud.tencent.com/document/product/382/55981): signature, templates with their variables, one message
 * to a number in thirty seconds. The signature is checked by code of its own.
 */
export function smsService() {
  const shown = new Map<string, number>();
  const refused = new Set<string>();
  const answer = (code: string, number = "") => ({
    code: code === "Ok" ? null : code,
    number,
    text: JSON.stringify({
      Response: {
        SendStatusSet: [
          { PhoneNumber: number, Code: code, Fee: code === "Ok" ? 1 : 0, SerialNo: "5000" },
        ],
        RequestId: "00000000-0000-4000-8000-000000000000",
      },
    }),
  });
  const error = (Code: string) => ({
    ...{ code: Code as string | null, number: "" },
    text: JSON.stringify({ Response: { Error: { Code, Message: "refused" }, RequestId: "0" } }),
  });

  /** Why nothing goes to a number just now; undefined where it may. */
  const stoppedAt = (number: string, now: number) => {
    if (refused.has(number)) return "FailedOperation.PhoneNumberInBlacklist";
    const isSoon = (shown.get(number) ?? 0) > now - MINUTE_MS / 2;
    return isSoon ? "LimitExceeded.PhoneNumberThirtySecondLimit" : undefined;
  };

  return {
    /** Its holder has told the operator to stop. */
    end: (number: string) => void refused.add(number),
    take({ headers, body, now }: Given) {
      if (headers["x-tc-action"] !== "SendSms" || headers["x-tc-version"] !== "2021-01-11")
        return error("InvalidAction");
      if (!isSigned({ headers, body, now })) return error("AuthFailure.SignatureFailure");
      const read = asked.safeParse(jsonOf(body));
      if (!read.success) return error("InvalidParameterValue.ContentLengthLimit");
      const [number = ""] = read.data.PhoneNumberSet;
      return answer(wrongIn(read.data) ?? stoppedAt(number, now) ?? "Ok", number);
    },
    /** It was shown: the next one has to wait. */
    show: (number: string, now: number) => void shown.set(number, now),
    /** The time of another has come. */
    forget: () => void shown.clear(),
  };
}

/** What of it the operator does not know; undefined where it knows all. */
function wrongIn({ PhoneNumberSet: [number = ""], ...given }: z.output<typeof asked>) {
  if (given.SmsSdkAppId !== SMS_SENDER.app || given.SignName !== SMS_SENDER.signature)
    return "FailedOperation.SignatureIncorrectOrUnapproved";
  if (SMS_SENDER.templates[given.TemplateId] !== given.TemplateParamSet.length)
    return "FailedOperation.TemplateIncorrectOrUnapproved";
  return /^\+861[3-9]\d{9}$/.test(number)
    ? undefined
    : "InvalidParameterValue.IncorrectPhoneNumber";
}

const hash = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
const mac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();

function isSigned({ headers, body, now }: Given): boolean {
  const seconds = Number(headers["x-tc-timestamp"]);
  if (Math.abs(now / 1000 - seconds) > FIVE_MINUTES_S) return false;
  const date = new Date(seconds * 1000).toISOString().slice(0, 10);
  const [, id, signature = ""] =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/[^,]+, SignedHeaders=content-type;host, Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  if (id !== SMS_SENDER.id) return false;
  const canonical = [
    ...["POST", "/", ""],
    `content-type:${headers["content-type"]}`,
    `host:${headers.host}`,
    ...["", "content-type;host", hash(body)],
  ].join("\n");
  const lines = ["TC3-HMAC-SHA256", String(seconds), `${date}/sms/tc3_request`, hash(canonical)];
  let key: Buffer = Buffer.from(`TC3${SMS_SENDER.key}`);
  for (const part of [date, "sms", "tc3_request"]) key = mac(key, part);
  return timingSafeEqual(mac(key, lines.join("\n")), Buffer.from(signature, "hex"));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
