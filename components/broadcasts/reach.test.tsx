import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import type { Counts } from "./delivery-counts";
import { DeliveryOverTime } from "./delivery-over-time";
import { Reach } from "./reach";

const MAILS: Counts = [
  { status: "delivered", count: 4 },
  { status: "complained", count: 1 },
  { status: "bounced", count: 1 },
  { status: "suppressed", count: 1 },
  { status: "unknown", count: 1 },
  { status: "sent", count: 1 },
  { status: "cancelled", count: 3 },
];
const REACH = {
  people: 12,
  mails: MAILS,
  messages: [{ status: "placed" as const, count: 12 }],
  read: 2,
  known: null,
};

const drawn = (shown: React.ReactNode, locale: "zh-CN" | "en" = "zh-CN") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      {shown}
    </NextIntlClientProvider>,
  );

const labels = (markup: string) =>
  [...markup.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);

test("only what arrived is delivered: cancelled, stopped, unknown and open mails stand apart", () => {
  const reach = drawn(<Reach {...REACH} answers={{ answered: 3, all: 12 }} />);
  expect(labels(reach)).toEqual([
    "对象：12 人",
    "发邮件：12 封",
    "邮件已送达：5 封，共 12 封",
    "站内已读：2 人，共 12 人",
    "已答复：3 个账号，共 12 个",
  ]);
  expect(reach).toContain("1 封尚无结果，1 封结果不明，2 封未送达（退回、停发或失败），3 封已取消");
  // Five twelfths of 400 are full, and one further is hatched as unknown.
  expect(reach).toMatch(/x="167" y="0.5" width="33"[^>]*fill="url/);
});

test("P04: who knows of what asks no answer is counted apart from who read it, and no answer is named", () => {
  const reach = labels(drawn(<Reach {...REACH} known={1} answers={null} />));
  expect(reach.slice(3)).toEqual(["站内已读：2 人，共 12 人", "已知悉：1 人，共 12 人"]);
});

test("where nothing is to be answered nothing is said of answers; English says the same", () => {
  const reach = labels(drawn(<Reach {...REACH} answers={null} />, "en"));
  expect(reach).toHaveLength(4);
  expect(reach[2]).toBe("Delivered: 5 of 12 emails");
});

const moment = (minute: number) => beijing(`2026-03-02 10:${minute}`);
const COURSE = {
  broadcast: { startedAt: beijing("2026-03-02 10:00"), status: "sending" as const },
  lastAt: moment(30),
  outcomes: [
    { status: "suppressed", at: beijing("2026-03-02 10:00"), count: 1 },
    { status: "delivered", at: moment(10), count: 4 },
    { status: "complained", at: moment(14), count: 1 },
    { status: "cancelled", at: moment(25), count: 3 },
    { status: "bounced", at: moment(30), count: 1 },
  ] as const,
  pauses: [
    { from: moment(15), to: moment(20) },
    { from: moment(40), to: null },
  ],
  mails: MAILS,
  now: moment(50),
};

test("the mails over time end with the numbers beside them; a pause that goes on lasts until now", () => {
  const chart = drawn(<DeliveryOverTime {...COURSE} outcomes={[...COURSE.outcomes]} />);
  expect(labels(chart)).toEqual([
    "自 2026年3月2日 10:00（北京时间）起共 12 封：5 封已送达，2 封未送达；暂停 2 次",
  ]);
  expect(chart).toMatch(/>已送达 5<.*>未送达 2</);
  expect(chart).toMatch(/x="192" y="0.5" width="64".*x="512" y="0.5" width="128"/);
});

test("of few mails it is said when the last arrived, of many when half and nine in ten had", () => {
  const few = drawn(<DeliveryOverTime {...COURSE} outcomes={[...COURSE.outcomes]} />);
  expect(few).toContain("最后一封在 14 分钟内送达");
  const many = [
    { status: "delivered" as const, at: moment(10), count: 60 },
    { status: "delivered" as const, at: moment(12), count: 35 },
    { status: "delivered" as const, at: moment(45), count: 5 },
  ];
  const mails = [{ status: "delivered" as const, count: 100 }];
  expect(drawn(<DeliveryOverTime {...COURSE} mails={mails} outcomes={many} />, "en")).toContain(
    "arrived within 10 minutes, nine in ten within 12 minutes",
  );
});
