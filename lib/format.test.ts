import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";

import {
  daysUntil,
  formatDate,
  formatDateTime,
  formatFileSize,
  formatNumber,
  formatShare,
  formatShortDate,
  formatTableDate,
  formatTableDateTime,
  formatTableSeconds,
  machineDateTime,
  timeLeft,
} from "./format";

const march = new Date("2026-03-15T06:05:00Z");

describe("dates are Beijing's", () => {
  test("in sentences", () => {
    expect(formatDateTime(march, "zh-CN")).toBe("2026年3月15日 14:05（北京时间）");
    expect(formatDateTime(march, "en")).toBe("15 Mar 2026, 14:05 (UTC+8)");
    expect(formatDate(march, "zh-CN")).toBe("2026年3月15日");
    expect(formatShortDate(march, "zh-CN")).toBe("3月15日");
    expect(formatShortDate(march, "en")).toBe("15 Mar");
  });

  test("in tables and for machines", () => {
    expect(formatTableDateTime(march)).toBe("2026-03-15 14:05");
    expect(formatTableSeconds(new Date(march.getTime() + 9_900))).toBe("2026-03-15 14:05:09");
    expect(machineDateTime(march)).toBe("2026-03-15T14:05+08:00");
  });

  test("an effective date at Beijing's midnight is the day it says", () => {
    expect(formatDateTime("2026-03-31T16:00:00Z", "zh-CN")).toBe("2026年4月1日 00:00（北京时间）");
    expect(formatTableDate("2026-03-31T15:59:59Z")).toBe("2026-03-31");
  });

  test("they are those of Intl in Asia/Shanghai, every 37 hours of sixty years", () => {
    const intl = new Intl.DateTimeFormat("sv-SE", {
      ...{ timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" },
    });
    const [from, to] = [Date.UTC(1992, 0, 1), Date.UTC(2052, 0, 1)];
    const wrong: string[] = [];
    for (let at = from; at < to; at += 37 * 3_600_000 + 61_000)
      if (formatTableDateTime(at) !== intl.format(at)) wrong.push(new Date(at).toISOString());
    expect(wrong).toEqual([]);
    expect(() => formatDate("no moment", "en")).toThrow(RangeError);
  });

  test("they do not follow the clock of the process", () => {
    const script = `import("./lib/format.ts").then((f) => process.stdout.write(f.formatDateTime("2026-03-15T06:05:00Z", "zh-CN")))`;
    const shown = ["UTC", "Asia/Shanghai", "America/New_York"].map((TZ) =>
      execFileSync(process.execPath, ["--import", "tsx", "-e", script], {
        env: { ...process.env, TZ },
        encoding: "utf8",
      }),
    );
    expect(new Set(shown)).toEqual(new Set(["2026年3月15日 14:05（北京时间）"]));
  });
});

describe("time left", () => {
  test("counts days of the calendar, not spans of 24 hours", () => {
    expect(daysUntil("2026-03-31T16:00:00Z", march)).toBe(17);
    expect(daysUntil("2026-03-15T15:59:00Z", march)).toBe(0);
    expect(daysUntil("2026-03-14T06:05:00Z", march)).toBe(-1);
  });

  test.each([
    ["2026-03-31T16:00:00Z", { unit: "days", count: 17 }],
    ["2026-03-16T06:04:00Z", { unit: "hours", count: 23 }],
    ["2026-03-15T06:06:30Z", { unit: "minutes", count: 2 }],
    ["2026-03-13T06:05:00Z", { unit: "past", count: 2 }],
  ])("until %s", (moment, left) => {
    expect(timeLeft(moment, march)).toEqual(left);
  });
});

test("numbers, shares and sizes", () => {
  expect(formatNumber(12845, "zh-CN")).toBe("12,845");
  expect(formatShare(0.0243, "en")).toBe("2.4%");
  expect(formatFileSize(0, "zh-CN")).toBe("0 B");
  expect(formatFileSize(1023, "en")).toBe("1,023 B");
  expect(formatFileSize(10 * 1024 * 1024, "en")).toBe("10 MB");
  expect(formatFileSize(1536, "en")).toBe("1.5 KB");
});
