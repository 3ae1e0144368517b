import { expect, test } from "vitest";

import type { Told } from "@/domain/broadcasts/facts";
import { SAMPLE_ANNOUNCEMENT, SAMPLE_INCIDENT, SAMPLE_SENDER } from "@/emails/_components/samples";
import { renderBroadcastMail } from "@/emails/render";
import { noticeOf } from "@/channels/notice";

import { feedEntry } from "./feed-entry";
import { announcementText, incidentWords } from "./incident-notice";

const WRITTEN = "先**停用**：\n\n- 见 [说明](https://docs.example/a)\n- <b>重启</b>";
const PLAIN = "先停用：\n- 见 说明 (https://docs.example/a)\n- <b>重启</b>";

const announcement = (format?: "markdown"): Told => ({
  kind: "announcement",
  facts: { ...SAMPLE_ANNOUNCEMENT, body: { "zh-CN": WRITTEN }, ...(format && { format }) },
});
const incident = (format?: "markdown"): Told => {
  const { parts } = SAMPLE_INCIDENT;
  const text = { "zh-CN": WRITTEN };
  const measures = [{ state: "taken" as const, at: "2026-11-20T01:20:00.000Z", text }];
  const own = { situation: text, measures, adviceDevelopers: [text], adviceEndUsers: text };
  return {
    kind: "incident_notice",
    facts: { ...SAMPLE_INCIDENT, parts: { ...parts, ...own, ...(format && { format }) } },
  };
};
const mailOf = (told: Told) => renderBroadcastMail(told, { ...SAMPLE_SENDER, locale: "zh-CN" });

test.each([announcement(), incident()])(
  "what was written before reads in $kind as it did, signs and all",
  async (told) => {
    const { html, text } = await mailOf(told);
    expect(html).toContain("先**停用**：");
    expect(html).not.toContain('docs.example/a"');
    expect(text).toContain("[说明](https://docs.example/a)");
    expect(text).toContain("邮件中的链接只指向");
    expect(feedEntry(told, "zh-CN")?.text).toContain("先**停用**：");
  },
);

test.each([announcement("markdown"), incident("markdown")])(
  "Markdown is drawn in the mail of $kind, and is plain words in feed, robot and plain part",
  async (told) => {
    const { html, text } = await mailOf(told);
    expect(html).toMatch(/<strong[^>]*>停用<\/strong>/);
    expect(html).toMatch(/<a[^>]*href="https:\/\/docs\.example\/a"[^>]*>说明<\/a>/);
    expect(html).toContain("&lt;b&gt;重启&lt;/b&gt;");
    // No list stands within a paragraph: browsers would end it there.
    expect(html).not.toMatch(/<p[^>]*>(?:(?!<\/p>).)*<(?:ul|ol|div)/s);
    // The foot of the mail says where its links lead, and must not say it of these.
    expect(text).not.toContain("邮件中的链接只指向");
    expect(text).toContain("可能指向其他网站");
    expect(text).toContain("**停用**");
    expect(text).toContain("https://docs.example/a");
    expect(feedEntry(told, "zh-CN")?.text).toContain(PLAIN);
    expect(noticeOf(told, "zh-CN")?.text).toContain(PLAIN);
  },
);

test("a measure says when and whether first, in the line of its words or above its list", () => {
  const told = incident("markdown");
  if (told.kind !== "incident_notice") throw new Error();
  const [measure] = incidentWords(told.facts, "zh-CN").measures;
  const [first] = measure?.blocks ?? [];
  expect(first?.kind === "line" && first.runs.map(({ text }) => text).join("")).toMatch(
    /^已采取，.+：先停用：$/,
  );
});

test("the parts of a matter stand before the text, in blocks as in words", () => {
  const told = announcement("markdown");
  if (told.kind !== "announcement") throw new Error();
  const matter = { kind: "transfer" as const, parts: { recipient: { "zh-CN": "**甲**公司" } } };
  const { text, blocks = [] } = announcementText({ ...told.facts, matter }, "zh-CN");
  expect(text).toMatch(/接收方的名称：\*\*甲\*\*公司\n先停用/);
  expect(blocks.map(({ kind }) => kind)).toEqual(["line", "line", "line", "list"]);
});
