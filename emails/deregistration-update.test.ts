import { describe, expect, test } from "vitest";

import type { Locale } from "@/db/vocabulary/languages";
import type { Told } from "@/domain/broadcasts/facts";
import { translator } from "@/messages/translator";

import { SAMPLE_SENDER } from "./_components/samples";
import DeregistrationUpdate from "./deregistration-update";
import { renderBroadcastMail } from "./render";

const sender = (locale: Locale) => ({ ...SAMPLE_SENDER, locale });

describe("a mail about a deregistration", () => {
  const { facts } = DeregistrationUpdate.PreviewProps;
  const update = (changes: Partial<typeof facts>): Told => ({
    kind: "deregistration_update",
    facts: { ...facts, certificate: null, ...changes },
  });

  test("P33: asked for by one of several owners, it says that nothing happens unconfirmed", async () => {
    const told = update({ event: "requested", executeAfter: null });
    const { text } = await renderBroadcastMail(told, sender("zh-CN"));
    expect(text).toContain("没有确认，账号不会注销");
    expect(text).toContain("/zh-CN/account/deregistration?account=100023847");
    expect(text).not.toContain("执行时间");
  });

  test("P33: while it cools off it says until when, and that one click cancels it", async () => {
    const { text } = await renderBroadcastMail(update({ event: "confirmed" }), sender("en"));
    expect(text).toContain("after 27 Nov 2026, 10:30 (UTC+8)");
    expect(text).toContain("cancel with one click");
  });

  test("P10 P33: the last mail carries the whole certificate: every count, its hash, the key to its page", async () => {
    const { certificate } = facts;
    const told = update({ event: "completed", certificate });
    const { text } = await renderBroadcastMail(told, sender("zh-CN"));
    const t = translator("zh-CN", "deregistrations");
    for (const { item, count } of certificate?.stated.items ?? [])
      expect(text.includes(`${t(`certificate.item.${item}`)}：${count}`)).toBe(count > 0);
    expect(text).toContain(`sha256 ${certificate?.hash ?? ""}`);
    expect(text).toContain(
      `/deregistration/certificate/C-2026-000007?key=${certificate?.key ?? ""}`,
    );
  });

  test("its subject names a number and no account", async () => {
    const { subject } = await renderBroadcastMail(update({}), sender("zh-CN"));
    expect(subject).toContain("C-2026-000007");
    expect(subject).not.toMatch(/青禾|100023847/);
  });
});
