import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Told } from "@/domain/broadcasts/facts";
import { postOutward } from "@/lib/post-outward";
import { startEndpoints } from "@/stand-ins/endpoints/start";
import { ID, INCIDENT, POLICY, telling } from "@/tests/support/telling";

import { ADDRESSES } from "./addresses";
import { CATALOGUE } from "./catalogue";
import { cut } from "./robot";

const ROBOTS = ["wecom", "feishu", "dingtalk"] as const;
type Robot = (typeof ROBOTS)[number];

let receiver: Awaited<ReturnType<typeof startEndpoints>>;
beforeAll(async () => {
  receiver = await startEndpoints({ feishuSecret: "feishu", dingtalkSecret: "SECding" });
});
afterAll(() => receiver.close());

const PATHS: Record<Robot, string> = {
  wecom: "/cgi-bin/webhook/send?key=1",
  feishu: "/open-apis/bot/v2/hook/1",
  dingtalk: "/robot/send?access_token=1",
};
const SECRETS: Record<Robot, string[]> = { wecom: [], feishu: ["feishu"], dingtalk: ["SECding"] };

type Wish = { told?: Told | null; path?: string; secrets?: string[]; now?: Date };

/** What its group sees of the last post. */
function lastCard() {
  const card = receiver.received.at(-1)?.card;
  if (!card) throw new Error("it was no card");
  return card;
}

async function post(channel: Robot, wish: Wish = {}) {
  const { told = POLICY, path = PATHS[channel], secrets = SECRETS[channel] } = wish;
  const { compose, request, read } = CATALOGUE[channel];
  const target = { address: receiver.url + path, secrets, id: ID, now: wish.now ?? new Date() };
  const came = await postOutward(request(compose(telling(told)), target), {
    also: [receiver.host],
  });
  return came.kind === "answered" ? read(came) : came;
}

test.each([
  ["feishu", "failed", "19021"],
  ["dingtalk", "failed", "310000"],
] as const)("%s with the wrong secret is refused", async (channel, kind, code) => {
  const came = await post(channel, { secrets: ["wrong"] });
  expect(came).toMatchObject({ kind });
  expect("reason" in came && came.reason).toContain(code);
});

test.each(["feishu", "dingtalk"] as const)("%s of two hours ago is refused", async (channel) => {
  const now = new Date(Date.now() - 2 * 3_600_000);
  expect(await post(channel, { now })).toMatchObject({ kind: "failed" });
});

test.each([
  ["wecom", "/cgi-bin/webhook/send?key=gone"],
  ["dingtalk", "/robot/send?access_token=gone"],
] as const)("%s that was taken out of its group is gone", async (channel, path) => {
  expect(await post(channel, { path })).toMatchObject({ kind: "gone" });
});

test.each([
  ["wecom", 20],
  ["dingtalk", 20],
  ["feishu", 100],
] as const)(
  "%s beyond its limit is told to wait, and its pace keeps within it",
  async (channel, most) => {
    const path = `${PATHS[channel].replace(/1$/, "")}busy`;
    for (let n = 0; n < most; n += 1)
      expect(await post(channel, { path })).toEqual({ kind: "delivered" });
    expect(await post(channel, { path })).toMatchObject({ kind: "retry" });
    expect(ADDRESSES[channel].paceMs * most).toBeGreaterThan(60_000);
  },
);

test.each(ROBOTS)("%s that answers nothing sensible may have shown it", async (channel) => {
  receiver.meet({ status: 502, body: "<html>" }, { status: 200, body: "<html>" });
  expect(await post(channel)).toMatchObject({ kind: "uncertain" });
  expect(await post(channel)).toMatchObject({ kind: "uncertain" });
  expect(ADDRESSES[channel].isRepeatable).toBe(false);
});
const HOSTILE = [
  ...["[点此领取](https://evil.example/a)", "![图](https://evil.example/b.png)"],
  ...["<at id=all></at> 全体", '<at user_id="all">所有人</at>', "<@all> 注意 <@zhangsan>", "@all"],
  ...[
    "**粗** 与 *斜* 与 __下__ 与 ~~划~~",
    "`code` > 引用",
    "> 引用",
    "# 标题",
    "user_id 与 a-b_c",
  ],
  ...['<font color="warning">红</font>', '<a href="https://evil.example/c">去</a>', "&lt;@all&gt;"],
  ...[
    "&#60;at id=all&#62;",
    String.raw`C:\[x](https://evil.example/d) \*`,
    "标题\n===",
    "上\n---\n下",
  ],
];

describe.each(ROBOTS)("%s", (channel) => {
  const shownOf = async (words: string) => {
    const title = { "zh-CN": words.replaceAll("\n", " "), en: "x" };
    const parts = { ...INCIDENT.parts, situation: { "zh-CN": words, en: words } };
    const facts = { ...INCIDENT, title, parts };
    // Each to a group of its own, beside which nothing is too often.
    const path = PATHS[channel].replace(/1$/, randomUUID());
    await post(channel, { told: { kind: "incident_notice", facts }, path });
    return lastCard();
  };
  const same = (text: string) => text.normalize("NFKC").replaceAll(/\s+/g, " ");

  test.each(HOSTILE)(
    "P18: shows %j as the words that were typed, calls nobody, leads nowhere",
    async (words) => {
      const { words: shown, calls, leadsTo } = await shownOf(words);
      expect(same(shown)).toContain(same(words.replaceAll("\n", " ")));
      expect(calls).toEqual([]);
      expect(leadsTo).toEqual([expect.stringMatching(/^https:\/\/notices\.example\//)]);
    },
  );

  test("a title as long as any may be is taken", async () => {
    receiver.received.length = 0;
    await shownOf("😀".repeat(200));
    expect(receiver.received).toMatchObject([{ isTaken: true }]);
  });
});

test("what stands in for a group sees what is let through: syntax in a title, and everybody called", async () => {
  const seen = async (channel: Robot, body: object) => {
    const url = receiver.url + PATHS[channel];
    await fetch(url, { method: "POST", body: JSON.stringify(body) });
    return lastCard();
  };
  const content = "**[去](https://evil.example)** <@all> 你好";
  expect(await seen("wecom", { msgtype: "markdown", markdown: { content } })).toEqual({
    ...{ words: "去  你好", calls: ["all"], leadsTo: ["https://evil.example"] },
  });
  const elements = [{ tag: "div", text: { tag: "lark_md", content: "<at id=all></at>**红**" } }];
  const card = { header: { title: { tag: "plain_text", content: "**题**" } }, elements };
  expect(await seen("feishu", { msg_type: "interactive", card })).toEqual({
    ...{ words: "**题**\n红", calls: ["all"], leadsTo: [] },
  });
  const actionCard = { title: "题", text: "> 引", singleURL: "https://a.example" };
  const at = { isAtAll: true, atMobiles: ["138"] };
  expect(await seen("dingtalk", { msgtype: "actionCard", actionCard, at })).toEqual({
    ...{ words: "题\n引\n", calls: ["all", "138"], leadsTo: ["https://a.example"] },
  });
});

test.each([
  ["短", 100, "短"],
  ["一二三四", 12, "一二三四"],
  ["一二三四五", 12, "一二三…"],
  ["a😀b😀", 8, "a😀…"],
])("%s of at most %s bytes is %s", (text, most, short) =>
  expect(cut(text, { most, mark: "…" })).toBe(short),
);
