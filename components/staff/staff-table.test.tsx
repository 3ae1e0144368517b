import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { type StaffMember } from "@/domain/staff/list-staff";
import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import { RoleFields } from "./staff-fields";
import { StaffTable } from "./staff-table";

const AT = beijing("2026-11-30 10:00");

const ROWS: StaffMember[] = [
  {
    ...{ id: "1", name: "乔静一", email: "qiao@vendor.example", proposal: null },
    roles: [
      {
        ...{ userId: "1", role: "author", grantedAt: AT },
        ...{ grantedByName: null, confirmedByName: null },
      },
      {
        ...{ userId: "1", role: "admin", grantedAt: AT },
        ...{ grantedByName: "白朔", confirmedByName: "何小满" },
      },
    ],
  },
  {
    ...{ id: "2", name: "罗慎之", email: "luo@vendor.example", roles: [] },
    proposal: { userId: "2", proposedBy: "1", proposedAt: AT, proposedByName: "乔静一" },
  },
];

const shown = (what: React.ReactNode, locale: Locale) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      {what}
    </NextIntlClientProvider>,
  ).replaceAll(/<[^>]*>/g, "");

test("the list says of each role since when and by whom it was given, and what waits", () => {
  const read = (locale: Locale) =>
    shown(<StaffTable rows={ROWS} readerId="1" canManage={false} />, locale);
  for (const words of [
    "安装时授予",
    "由白朔提议、何小满确认",
    "待第二位管理员确认",
    "由乔静一提议",
    "您",
  ])
    expect(read("zh-CN")).toContain(words);
  for (const words of ["given at installation", "proposed by 白朔, confirmed by 何小满", "you"])
    expect(read("en")).toContain(words);
});

test("the administrator's box says that a second one decides, and waits where that is due", () => {
  for (const locale of LOCALES) {
    const { adminByTwo, adminWaits } = MESSAGES[locale].staff;
    expect(shown(<RoleFields />, locale)).toContain(adminByTwo);
    expect(shown(<RoleFields isAdminProposed />, locale)).toContain(adminWaits);
    expect(shown(<RoleFields held={["admin"]} />, locale)).not.toContain(adminByTwo);
  }
});
