import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { and, arrayContains, eq } from "drizzle-orm";

import { db } from "@/db/client";
import {
  auditCheckpoints,
  auditEntries,
  broadcasts,
  deliveries,
  policyAcknowledgements,
} from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { unpackBundle } from "@/lib/bundle-zip";

import { enterAs, putPopupsOff } from "./support/loop";
import { personOf } from "./support/people";
import { untilReady } from "./support/ready";
import { expect, test } from "./support/test";
import { wordsOf } from "./support/words";

/** A receipt of the story, with the name to sign in by. */
async function givenReceipt() {
  const { receiptNumber, accountName, personName } = policyAcknowledgements;
  const [receipt] = await db
    .select({ number: receiptNumber, account: accountName, name: personName })
    .from(policyAcknowledgements)
    .where(eq(policyAcknowledgements.answer, "acknowledged"))
    .orderBy(policyAcknowledgements.answeredAt)
    .limit(1);
  if (!receipt) throw new Error("the story has no answer");
  return receipt;
}

test("a receipt is taken away as a proof and checked without the network; another byte is refused", async ({
  browser,
}) => {
  const { number, account, name } = await givenReceipt();
  const reader = await enterAs(browser, { name, locale: "en" });
  await reader.goto(`/en/receipts/${number}`);
  const waiting = reader.waitForEvent("download");
  await reader.getByRole("link", { name: wordsOf("en").ui("keep.proof") }).click();
  const proof = await readFile(await (await waiting).path());
  // On paper a code leads back to the receipt.
  await reader.emulateMedia({ media: "print" });
  await expect(reader.getByRole("img", { name: new RegExp(`/receipts/${number}$`) })).toBeVisible();
  await reader.context().close();

  for (const locale of LOCALES) {
    const { verify: t } = wordsOf(locale);
    const page = await (await browser.newContext()).newPage();
    await page.goto(`/${locale}/verify`);
    await page.waitForLoadState("networkidle");
    await page.context().setOffline(true);
    const drop = (buffer: Buffer) =>
      page
        .getByLabel(t("file"))
        .setInputFiles({ name: "proof.json", mimeType: "application/json", buffer });
    // Beside it stands an empty one, of the page itself.
    const said = page.getByRole("status").filter({ hasText: /\S/ });
    await drop(proof);
    await expect(said).toContainText(t("holds"));
    await expect(page.getByText(number, { exact: true })).toBeVisible();
    await expect(page.getByText(account, { exact: true })).toBeVisible();

    await drop(Buffer.from(proof.toString().replace(number, number.replace("A", "B"))));
    await expect(said).toContainText(t("fails"));
    await expect(said).toContainText(t("part.what.bad"));
    await page.context().close();
  }
});

test("the record says how far it is sealed, and gives a checkpoint and a proof of each entry", async ({
  browser,
  request,
}) => {
  const { audit: t } = wordsOf("zh-CN");
  const auditor = await enterAs(browser, { name: "白朔", locale: "zh-CN" });
  const [entry] = await db
    .select({ seq: auditEntries.seq })
    .from(auditEntries)
    .where(eq(auditEntries.action, "version.approved"))
    .orderBy(auditEntries.seq)
    .limit(1);
  await auditor.goto(`/zh-CN/ops/audit?entry=${entry?.seq}`);
  const checkNow = auditor.getByRole("button", { name: t("sealing.checkNow") });
  await untilReady(checkNow);
  await checkNow.click();
  await expect(auditor.getByText(t("sealing.asked"))).toBeVisible();
  await auditor.getByText(t("sealing.checkpoint"), { exact: true }).click();
  const note = await (await request.get("/.well-known/gaozhi/checkpoint")).text();
  expect(note).toMatch(/^localhost:\d+\/record\n\d+\n\S{44}\nsealed \S+\n\n— \S+ \S+\n$/);
  const feed = await (await request.get("/.well-known/gaozhi/checkpoints")).text();
  expect(feed).toContain(note.split("\n")[2]);
  await auditor.getByText(t("details"), { exact: true }).first().click();
  const waiting = auditor.waitForEvent("download");
  await auditor.getByRole("link", { name: t("sealing.proof") }).click();
  const proof: unknown = JSON.parse(String(await readFile(await (await waiting).path())));
  expect(proof).toMatchObject({ entry: { seq: entry?.seq, action: "version.approved" } });

  // What is listed, all of it as one file.
  const taken = auditor.waitForEvent("download");
  await auditor.getByRole("link", { name: t("list.proofs") }).click();
  const list = String(await readFile(await (await taken).path()));
  const { verify: v } = wordsOf("zh-CN");
  await auditor.goto("/zh-CN/verify");
  await auditor.waitForLoadState("networkidle");
  await auditor.context().setOffline(true);
  const drop = (text: string) =>
    auditor.getByLabel(v("file")).setInputFiles({
      ...{ name: "entries.json", mimeType: "application/json", buffer: Buffer.from(text) },
    });
  const said = auditor.getByRole("status").filter({ hasText: /\S/ });
  await drop(list);
  await expect(said).toContainText(v("list.holds", { proofs: 1 }));
  await drop(list.replace('"kind": "person"', '"kind": "job"'));
  await expect(said).toContainText(v("part.who.bad"));
});

test("who wants it is mailed checkpoints, and sees that an earlier one is still part of a later", async ({
  browser,
  request,
}) => {
  const { verify: t } = wordsOf("en");
  const { name } = await givenReceipt();
  const reader = await enterAs(browser, { name, locale: "en" });
  await putPopupsOff(reader, "en");
  await reader.goto("/en/settings");
  const wanted = reader.getByLabel(t("mails.wanted.monthly"));
  await untilReady(wanted);
  await wanted.check();
  await reader.getByRole("button", { name: t("mails.save") }).click();
  await expect(reader.getByText(t("mails.saved"))).toBeVisible();
  await reader.reload();
  await expect(wanted).toBeChecked();
  await reader.context().close();

  const [first] = await db.select().from(auditCheckpoints).orderBy(auditCheckpoints.size).limit(1);
  const address = `/.well-known/gaozhi/consistency?from=${first?.size}`;
  const file = await (await request.get(address)).body();
  const page = await (await browser.newContext()).newPage();
  await page.goto("/en/verify");
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  const drop = (buffer: Buffer) =>
    page
      .getByLabel(t("file"))
      .setInputFiles({ name: "consistency.json", mimeType: "application/json", buffer });
  const said = page.getByRole("status").filter({ hasText: /\S/ });
  await drop(file);
  await expect(said).toContainText(t("checkpoints.holds"));
  await drop(Buffer.from(file.toString().replace(/"later": \{\n.*\n/, "$&  ")));
  await expect(said).toContainText(t("checkpoints.part.text"));
  await page.context().close();
});

test("the evidence of a telling is one file, checked without the network, and by the page inside it", async ({
  browser,
}, { outputDir }) => {
  const { verify: t } = wordsOf("en");
  const owner = await personOf("owner");
  const accountId = owner.memberships[0]?.accountId ?? "";
  const [telling] = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(
      and(
        eq(broadcasts.kind, "policy_change"),
        eq(deliveries.userId, owner.id),
        eq(deliveries.channel, "inbox"),
        arrayContains(deliveries.accountIds, [accountId]),
      ),
    )
    .limit(1);
  const reader = await enterAs(browser, { name: owner.name, locale: "en" });
  await reader.goto(`/en/inbox/${telling?.id}`);
  // A popup may lie over the page, so the file is asked for by its address.
  const link = reader.getByRole("link", { name: t("bundle.download") }).first();
  const zip = await (await reader.request.get((await link.getAttribute("href")) ?? "")).body();

  const page = await (await browser.newContext()).newPage();
  await page.goto("/en/verify");
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  const drop = (buffer: Buffer) =>
    page
      .getByLabel(t("file"))
      .setInputFiles({ name: "evidence.zip", mimeType: "application/zip", buffer });
  const said = page.getByRole("status").filter({ hasText: /\S/ });
  await drop(zip);
  await expect(said).toContainText(t("holds"));
  await expect(page.getByText("told/facts.json", { exact: true })).toBeVisible();
  await expect(page.getByText("broadcast.started", { exact: true })).toBeVisible();
  const at = Math.floor(zip.length / 2);
  const mutant = Buffer.from(zip);
  mutant[at] = (mutant[at] ?? 0) ^ 1;
  await drop(mutant);
  await expect(said).not.toContainText(t("holds"));

  const { files } = await unpackBundle(zip);
  for (const [name, bytes] of files) {
    await mkdir(path.dirname(path.join(outputDir, "bundle", name)), { recursive: true });
    await writeFile(path.join(outputDir, "bundle", name), bytes);
  }
  const inside = await (await browser.newContext({ locale: "en", offline: true })).newPage();
  await inside.goto(pathToFileURL(path.join(outputDir, "bundle", "verify.html")).href);
  await inside.locator("input[type=file]").setInputFiles(path.join(outputDir, "bundle"));
  await expect(inside.getByRole("status")).toContainText("It holds");
});

test("all there is of an account is asked for by a form that needs no scripts, and holds without the network", async ({
  browser,
}) => {
  const { verify: t } = wordsOf("zh-CN");
  const owner = await personOf("owner");
  const reader = await enterAs(browser, { name: owner.name, locale: "zh-CN" });
  await reader.goto("/zh-CN/account");
  const form = reader.locator('form[action*="/evidence/of/account/"]').first();
  const action = (await form.getAttribute("action")) ?? "";
  // A popup may lie over the page, so what the form asks for is asked for by its address.
  const answer = await reader.request.get(`${action}?from=&to=`);
  expect(answer.headers()["content-disposition"]).toContain("evidence-account-");
  const zip = await answer.body();
  expect((await reader.request.get(`${action}?from=x&to=`)).status()).toBe(400);

  const page = await (await browser.newContext()).newPage();
  await page.goto("/zh-CN/verify");
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  const said = page.getByRole("status").filter({ hasText: /\S/ });
  const drop = (name: string, buffer: Buffer) =>
    page
      .getByLabel(t("file"))
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await drop("evidence.zip", zip);
  await expect(said).toContainText(t("holds"));
  await expect(page.getByText("broadcast.started", { exact: true }).first()).toBeVisible();
  const { files } = await unpackBundle(zip);
  const path = [...files.keys()].find((one) => one.endsWith("-broadcast.started.json")) ?? "";
  await drop("proof.json", Buffer.from(files.get(path) ?? []));
  await expect(said).toContainText(t("holds"));
});

test("what an account saw at a moment is looked up by a form, and each telling as it was told", async ({
  browser,
}) => {
  const { support: t } = wordsOf("zh-CN");
  const owner = await personOf("owner");
  const accountId = owner.memberships[0]?.accountId ?? "";
  const [first] = await db
    .select({ at: deliveries.createdAt })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.userId, owner.id),
        eq(deliveries.channel, "inbox"),
        arrayContains(deliveries.accountIds, [accountId]),
      ),
    )
    .orderBy(deliveries.createdAt)
    .limit(1);
  const auditor = await enterAs(browser, { name: "白朔", locale: "zh-CN" });
  await auditor.goto(`/zh-CN/ops/support/then/account/${accountId}?at=2020-01-01T00:00`);
  await expect(auditor.getByText(t("then.messages.empty"))).toBeVisible();
  // A minute after the first was told; the field is Beijing's clock, and the form an address.
  const then = new Date((first?.at.getTime() ?? 0) + 60_000 + 8 * 3_600_000);
  const minute = then.toISOString().slice(0, 16);
  await auditor.goto(`/zh-CN/ops/support/then/account/${accountId}?at=${minute}`);
  await expect(auditor.getByLabel(t("then.moment"))).toHaveValue(minute);
  const messages = auditor.getByRole("table", { name: t("then.messages.title") });
  await messages.getByRole("link").first().click();
  await expect(auditor.getByText(t("then.asToldText"))).toBeVisible();
  const looks = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "evidence.looked_back"));
  expect(looks.length).toBeGreaterThanOrEqual(3);
});
