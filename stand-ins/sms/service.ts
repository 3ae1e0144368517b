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

const SEVEN_DAYS_S = 7 * 86_400;
/** Questions for reports that are answered in a second. */
const PER_SECOND = 20;

const pulled = z.object({
  SmsSdkAppId: z.literal(SMS_SENDER.app),
  PhoneNumber: z.string().regex(/^\+861[3-9]\d{9}$/),
  BeginTime: z.number().int(),
  Offset: z.literal(0),
  Limit: z.number().int().min(1).max(100),
});

/** What becomes of messages to a number: shown, refused by it or its network, or nobody knows yet. */
type Fate = "SUCCESS" | "silent" | { fails: string };
type Message = { number: string; serial: string; at: number };

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
 * to a number in thirty seconds; and PullSmsSendStatusByPhoneNumber (382/55976): seven days back, a hundred
 * reports, twenty questions a second. The signature is checked by code of its own.
 */
export function smsService() {
  const shown = new Map<string, number>();
  const refused = new Set<string>();
  const fates = new Map<string, Fate>();
  const sent: Message[] = [];
  const questions: number[] = [];
  let serials = 0;
  const answer = (code: string, { number, serial }: { number: string; serial: string }) => ({
    code: code === "Ok" ? null : code,
    ...{ number, serial },
    text: JSON.stringify({
      Response: {
        SendStatusSet: [
          {
            PhoneNumber: number,
            Code: code,
            Fee: code === "Ok" ? 1 : 0,
            SerialNo: code === "Ok" ? serial : "",
          },
        ],
        RequestId: "00000000-0000-4000-8000-000000000000",
      },
    }),
  });
  const error = (Code: string) => ({
    ...{ code: Code as string | null, number: "", serial: "" },
    text: JSON.stringify({ Response: { Error: { Code, Message: "refused" }, RequestId: "0" } }),
  });

  /** Why nothing goes to a number just now; undefined where it may. */
  const stoppedAt = (number: string, now: number) => {
    if (refused.has(number)) return "FailedOperation.PhoneNumberInBlacklist";
    const isSoon = (shown.get(number) ?? 0) > now - MINUTE_MS / 2;
    return isSoon ? "LimitExceeded.PhoneNumberThirtySecondLimit" : undefined;
  };

  /** What became of the messages to a number. */
  const reportsOf = (number: string, begin: number) =>
    sent
      .filter((one) => one.number === number && one.at >= begin)
      .flatMap(({ serial, at }) => {
        const fate = fates.get(number) ?? "SUCCESS";
        if (fate === "silent") return [];
        const fails = typeof fate === "object" ? fate.fails : null;
        return {
          ...{ SerialNo: serial, PhoneNumber: number, SubscriberNumber: number.slice(3) },
          ...{ CountryCode: "86", SessionContext: "", UserReceiveTime: at + 5 },
          ...{ ReportStatus: fails ? "FAIL" : "SUCCESS", Description: fails ?? "DELIVRD" },
        };
      });

  const pull = (body: string, now: number) => {
    const read = pulled.safeParse(jsonOf(body));
    const isFar = read.data && read.data.BeginTime < now / 1000 - SEVEN_DAYS_S;
    if (!read.success || isFar) return error("InvalidParameterValue.BeginTimeVerifyFail");
    questions.push(now);
    if (questions.filter((at) => at > now - 1000).length > PER_SECOND)
      return error("RequestLimitExceeded");
    const { PhoneNumber: number, BeginTime } = read.data;
    const Response = { PullSmsSendStatusSet: reportsOf(number, BeginTime), RequestId: "0" };
    return { code: null as string | null, number, serial: "", text: JSON.stringify({ Response }) };
  };

  return {
    /** What becomes of messages to a number, until it is said otherwise. */
    fate: (number: string, fate: Fate) => void fates.set(number, fate),
    /** Its holder has told the operator to stop. */
    end: (number: string) => void refused.add(number),
    take({ headers, body, now }: Given) {
      const action = headers["x-tc-action"];
      const isKnown = action === "SendSms" || action === "PullSmsSendStatusByPhoneNumber";
      if (!isKnown || headers["x-tc-version"] !== "2021-01-11") return error("InvalidAction");
      if (!isSigned({ headers, body, now })) return error("AuthFailure.SignatureFailure");
      if (action !== "SendSms") return pull(body, now);
      const read = asked.safeParse(jsonOf(body));
      if (!read.success) return error("InvalidParameterValue.ContentLengthLimit");
      const [number = ""] = read.data.PhoneNumberSet;
      const code = wrongIn(read.data) ?? stoppedAt(number, now) ?? "Ok";
      return answer(code, { number, serial: `5000:${(serials += 1)}` });
    },
    /** It was taken, whatever its sender hears: the next one has to wait. */
    show({ number, serial }: Pick<Message, "number" | "serial">, now: number) {
      shown.set(number, now);
      sent.push({ number, serial, at: Math.floor(now / 1000) });
    },
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
