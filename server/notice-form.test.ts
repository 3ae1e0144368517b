import { describe, expect, test } from "vitest";

import { readAudience, readIncident, readNotice, readSeenNotice } from "./notice-form";

const form = (fields: Record<string, string | string[]>) => {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) data.append(name, value);
  return data;
};

test("a notice is read part by part; what is empty is absent, times are Beijing's", () => {
  const notice = readNotice(
    form({
      noticeId: "n",
      revision: "3",
      type: "initial",
      notifies: "no",
      silentReason: " 改错字 ",
      actionability: "required",
      "title.zh-CN": "标题",
      "title.en": "  ",
      "situation.zh-CN": "情况",
      "measures.0.state": "taken",
      "measures.0.at": "2026-11-20T09:20",
      "measures.0.text.zh-CN": "已作废",
      "measures.1.state": "planned",
      "measures.1.at": "",
      "adviceDevelopers.0.zh-CN": "升级",
      "adviceDevelopers.0.en": "Upgrade",
    }),
  );

  expect(notice).toMatchObject({
    noticeId: "n",
    revision: "3",
    correctsId: null,
    notifies: false,
    silentReason: "改错字",
    title: { "zh-CN": "标题" },
    measures: [
      { state: "taken", at: "2026-11-20T09:20:00+08:00", text: { "zh-CN": "已作废" } },
      { state: "planned", at: "", text: {} },
    ],
    adviceDevelopers: [{ "zh-CN": "升级", en: "Upgrade" }],
    adviceEndUsers: {},
  });
  expect(notice).not.toHaveProperty("visibility");
});

test("where no script runs, a button adds a measure and moves advice", () => {
  const rows = { "adviceDevelopers.0.en": "one", "adviceDevelopers.1.en": "two" };

  expect(readNotice(form({ ...rows, intent: "measures.add" })).measures).toEqual([
    { state: "taken", at: "", text: {} },
  ]);
  expect(readNotice(form({ ...rows, intent: "adviceDevelopers.up.1" })).adviceDevelopers).toEqual([
    { en: "two" },
    { en: "one" },
  ]);
});

test("a moment that is none stays as it was sent, for the verb to refuse", () => {
  const { occurredAt, discoveredAt, containedAt } = readIncident(
    form({ occurredAt: "", discoveredAt: "20261-11-20T09:20", containedAt: "2026-02-30T10:00" }),
  );

  expect(occurredAt).toBeNull();
  expect(discoveredAt).toBe("20261-11-20T09:20");
  expect(containedAt).toBe("2026-02-30T10:00:00+08:00");
});

describe("an audience", () => {
  test("is read with every ticked box", async () => {
    const audience = await readAudience(
      form({ by: "rule", platforms: ["android", "ios"], regions: "sg", versionRange: ">=7.9.0" }),
    );

    expect(audience).toMatchObject({
      platforms: ["android", "ios"],
      regions: ["sg"],
      apiOnly: false,
      leavesOut: false,
    });
  });

  test("brings a chosen file as it is", async () => {
    const data = form({ by: "list", named: "1400000001" });
    data.append("namedFile", new File(["\ufeffsdkappid\n1400000002\n"], "apps.csv"));

    expect(await readAudience(data)).toMatchObject({
      named: "1400000001",
      namedFile: new TextEncoder().encode("\ufeffsdkappid\n1400000002\n"),
      excludedFile: null,
    });
  });
});

test.each(["1,208", "1，208", " 1208 "])("%j people is 1208", (typedPeople) => {
  expect(readSeenNotice(form({ typedPeople }))).toMatchObject({ typedPeople: "1208" });
});
