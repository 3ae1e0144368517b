import { db } from "@/db/client";
import { products } from "@/db/schema";
import { USUAL_WAVES } from "@/domain/broadcasts/wave-rules";
import { givenAnnouncement } from "@/tests/support/notices";

import { enterAs } from "./support/loop";
import { personOf } from "./support/people";
import { refill, untilReady } from "./support/ready";
import { confirms, press } from "./support/request-desk";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const { incidents, notices, reviews } = wordsOf("zh-CN");

test("a template refuses a variable that does not exist, shows each value, and its words say where they are from", async ({
  browser,
}) => {
  const [product] = await db.select().from(products);
  const desk = {
    ...{ author: await personOf("author"), approver: await personOf("approver") },
    productId: product?.id ?? "",
  };
  const { id } = await givenAnnouncement(desk, { title: { "zh-CN": "用模板写的公告" } });
  const author = await enterAs(browser, { name: "许明衡", locale: "zh-CN" });
  await author.goto("/zh-CN/ops/templates");
  await refill(author.locator('[name="name"]'), "例行维护");
  await refill(author.locator('[name="title.zh-CN"]'), "{{product}}例行维护");
  await refill(author.locator('[name="situation.zh-CN"]'), "各位开发者：\n{{prodct}}将维护。");
  await press(author, incidents("desk.templates.save"));
  const place = { part: "{{prodct}}", line: 2, column: 1 };
  await expect(author.locator("form [role=alert]")).toContainText(
    notices("errors.template.variable", place),
  );
  await refill(author.locator('[name="situation.zh-CN"]'), "各位开发者：\n{{product}}将维护。");
  await press(author, incidents("desk.templates.save"));
  await confirms(author, incidents("desk.done.templateSaved"));

  await author.goto(`/zh-CN/ops/announcements/${id}`);
  const named = incidents("desk.templates.named", { name: "例行维护", number: 1 });
  await author.getByRole("link", { name: named }).click();
  const main = author.getByRole("main");
  await expect(main.getByText(`${product?.nameZh}将维护。`)).toBeVisible();
  await press(author, incidents("desk.templates.make"));
  await confirms(author, incidents("desk.done.templateUsed"));
  await expect(author.locator('[name="title.zh-CN"]')).toHaveValue(`${product?.nameZh}例行维护`);
  await author.goto(`/zh-CN/ops/announcements/${id}/review`);
  await expect(main.getByText(named, { exact: true })).toBeVisible();

  // That it goes to some first, and to the rest later, is part of what is approved.
  await author.goto(`/zh-CN/ops/announcements/${id}`);
  const wait = author.locator('[name="waves.waitMinutes"]');
  await expect(wait).toBeHidden();
  await untilReady(wait);
  await author.locator('[name="waves.by"][value="share"]').check();
  await refill(wait, "45");
  await press(author, reviews("composer.save"));
  await expect(author.getByRole("status").filter({ hasText: /^已保存$/ })).toBeVisible();
  await author.goto(`/zh-CN/ops/announcements/${id}/review`);
  const { bounced, refused, complained, first } = USUAL_WAVES;
  await expect(main).toContainText(
    incidents("desk.facts.waves.share", { first, bounced, refused, complained, wait: 45 }),
  );
});
