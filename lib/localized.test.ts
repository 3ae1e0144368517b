import { expect, test } from "vitest";

import { languageOf, localized } from "./localized";

type Language = "zh-CN" | "en";

test("the reader's language comes first", () => {
  expect(localized<Language>({ "zh-CN": "指引", en: "Guide" }, "en")).toEqual({
    text: "Guide",
    locale: "en",
  });
});

test("what is missing or blank is shown in the other language, and says which", () => {
  const binding = { text: "指引", locale: "zh-CN" };
  expect(localized<Language>({ "zh-CN": "指引" }, "en")).toEqual(binding);
  expect(localized<Language>({ "zh-CN": "指引", en: " " }, "en")).toEqual(binding);
});

test("nothing at all is empty in the reader's language", () => {
  expect(localized<Language>({}, "en")).toEqual({ text: "", locale: "en" });
});

test("a stored sentence is Chinese when it has Chinese characters", () => {
  expect(languageOf("我已阅读 3.2 版")).toBe("zh-CN");
  expect(languageOf("I have read version 3.2")).toBe("en");
});
