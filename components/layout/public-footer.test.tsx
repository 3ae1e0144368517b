import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { LOCALES } from "@/db/vocabulary/languages";
import { MESSAGES } from "@/messages";
import { cardLines } from "@/wording/contact-card";

import { PublicFooter } from "./public-footer";

const LINES = {
  name: { "zh-CN": "云桥科技有限公司", en: "Yunqiao Technology Ltd" },
  address: { "zh-CN": "深圳市云桥路 1 号", en: "1 Yunqiao Road, Shenzhen" },
  team: { "zh-CN": "数据隐私保护部", en: "Privacy team" },
  person: { "zh-CN": "林澄", en: "Lin Cheng" },
  service: { "zh-CN": "控制台“工单”", en: "Tickets in the console" },
  post: { "zh-CN": "深圳市云桥路 1 号 518054", en: "" },
};

test.each(LOCALES)(
  "P46, P58: the foot of a page in %s has every line of the contact card, and the mail to write to",
  (locale) => {
    const markup = renderToStaticMarkup(
      <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
        <PublicFooter
          vendorName="云桥科技"
          card={{
            mail: "dpo@vendor.example",
            since: null,
            lines: cardLines({ lines: LINES }, locale),
          }}
        />
      </NextIntlClientProvider>,
    );
    for (const said of Object.values(LINES))
      expect(markup).toContain(said[locale] || said["zh-CN"]);
    expect(markup).toContain('href="mailto:dpo@vendor.example"');
  },
);
