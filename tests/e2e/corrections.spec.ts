import http from "node:http";
import type { AddressInfo } from "node:net";
import { and, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { policyDocuments, policyVersions } from "@/db/schema";

import { enterAs } from "./support/loop";
import { refill } from "./support/ready";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

const SLUG = "developer-compliance-guide";
const SLIP = "逐步说明接入前后需要做的合规工作";
const RIGHT = "逐步说明接入前后需要做的各项合规工作";
const REASON = "漏了“各项”两字。";
const { policies: t, reviews } = wordsOf("zh-CN");

test("P03, P44: a slip found after publication is put right by two; everybody reads what, why and the text before; the version can be embedded", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const [found] = await db
    .select({ version: policyVersions, document: policyDocuments })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(and(eq(policyDocuments.slug, SLUG), eq(policyVersions.status, "in_force")));
  const { version, document } = found!;
  const desk = `/zh-CN/ops/policies/${document.id}/${version.id}/correction`;

  const author = await enterAs(browser, { name: "许明衡", locale: "zh-CN" });
  await author.goto(desk);
  const body = author.locator('[name="body"]');
  const text = await body.inputValue();
  await refill(body, text.replace("第三方", "他方").replace(SLIP, RIGHT.replace("各项", "7项")));
  await author.locator('[name="reason"]').fill(REASON);
  const submit = author.getByRole("button", { name: t("ops.correction.submit"), exact: true });
  await submit.click();
  await expect(author.getByText("请起草新版本").first()).toBeVisible();
  await refill(body, text.replace(SLIP, RIGHT));
  await submit.click();
  await expect(author.getByRole("status").getByText(t("ops.correction.proposed"))).toBeVisible();

  const approver = await enterAs(browser, { name: "沈安澜", locale: "zh-CN" });
  await approver.goto("/zh-CN/ops/reviews");
  await approver.locator(`a[href$="/${version.id}/correction"]`).first().click();
  await approver.waitForURL(/\/correction$/);
  await expect(approver.locator("ins").first()).toHaveText("各项");
  await approver.locator('[name="decision"][value="approved"]').check();
  await approver.getByRole("button", { name: reviews("proposal.submit"), exact: true }).click();
  await expect(approver.getByRole("status").getByText(t("ops.correction.decided"))).toBeVisible();

  const reader = await browser.newPage();
  const address = `/zh-CN/policies/${SLUG}/${version.label}`;
  await reader.goto(address);
  const record = reader.getByRole("region", { name: t("corrections.title") });
  await expect(record).toContainText(REASON);
  await expect(record).toContainText("沈安澜");
  await expect(record.locator("ins").first()).toHaveText("各项");
  await expect(reader.getByText(RIGHT).last()).toBeVisible();
  await record.getByRole("link", { name: t("corrections.before"), exact: true }).click();
  await expect(reader.getByText(SLIP)).toBeVisible();
  await expect(reader.getByText(RIGHT)).toHaveCount(0);

  const embedded = await reader.request.get(`${address}.html`);
  expect(embedded.headers()["content-security-policy"]).toContain("frame-ancestors *");
  expect(embedded.headers()["x-frame-options"]).toBeUndefined();
  expect(embedded.headers()["set-cookie"]).toBeUndefined();
  expect((await reader.request.get(address)).headers()["x-frame-options"]).toBe("DENY");
  const { origin } = new URL(reader.url());
  const site = await ownSite(`<iframe src="${origin}${address}.html"></iframe>`);
  const other = await browser.newPage();
  await other.goto(site.address);
  const frame = other.frameLocator("iframe");
  await expect(frame.getByText(RIGHT)).toBeVisible();
  await expect(frame.locator("script")).toHaveCount(0);
  await expect(frame.locator("footer")).toContainText("sha256:");
  await site.close();
});

/** A site of somebody else with one page: browsers let nothing but a site frame what everybody may frame. */
async function ownSite(html: string) {
  const server = http.createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(html);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { address: `http://127.0.0.1:${port}/`, close };
}
