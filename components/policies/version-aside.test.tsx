import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { MESSAGES } from "@/messages";

import { VersionAside } from "./version-aside";

test("P43: beside a guide stands the version of the agreement that it belongs to, with its lasting address", () => {
  const related = [{ slug: "im-agreement", label: "2.0", title: "服务协议" }];
  const markup = renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={MESSAGES["zh-CN"]} timeZone="Asia/Shanghai">
      <VersionAside
        {...{ slug: "im-guide", contentHash: null, ribbon: null, others: [], contacts: [] }}
        related={related}
      />
    </NextIntlClientProvider>,
  );
  expect(markup).toMatch(/href="[^"]*\/policies\/im-agreement\/2\.0"[^>]*>[^<]*服务协议/);
});
