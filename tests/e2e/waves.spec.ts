import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { users } from "@/db/schema";
import { givenIncident, givenNotice, published } from "@/tests/support/notices";
import { givenAccount, givenMember } from "@/tests/support/people";

import { givenProductOfItsOwn } from "./support/concerned";
import { linkIn, mailTo } from "./support/mailbox";
import { personOf } from "./support/people";
import { refill } from "./support/ready";
import { agree, enter, press, zh } from "./support/request-desk";
import { expect, test } from "./support/test";

/** Nobody's mail arrives: the stand-in of the provider sends back what begins so. */
const ADDRESSES = ["ning", "yun", "he", "lan"].map((name) => `bounce-${name}@bolan.example`);
const REASON = "地址名单有误。";

test("P41: a notice stops by itself after a first wave that came back, calls its author, and is stopped for good", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const { number, broadcastId } = await givenFirstWave();
  const author = await enter(browser, "xu.mingheng@yunqiao.example");
  await author.goto(`/zh-CN/ops/broadcasts/${broadcastId}`);
  const waves = author.locator("#waves");
  // Where the provider's report meets the mail's settling halfway, it is found within a minute.
  await expect(waves).toContainText(zh.broadcasts("board.waves.stopped.bounced"), {
    timeout: 75_000,
  });
  const call = await mailTo("xu.mingheng@yunqiao.example", {
    subject: new RegExp(`${number} 第 1 号通知的发送已自动停下`),
  });
  await author.goto(linkIn(call, `/ops/broadcasts/${broadcastId}`));
  await expect(waves).toContainText(zh.broadcasts("board.waves.state.stopped", { rest: 3 }));
  const follow = zh.broadcasts("board.steering.follow", { count: 3 });
  await expect(author.getByRole("button", { name: follow })).toBeVisible();

  await author.getByText(zh.broadcasts("board.steering.cancel"), { exact: true }).click();
  await refill(author.locator('[name="typedMails"]'), "3");
  await refill(author.locator('form:has([name="typedMails"]) [name="reason"]'), REASON);
  await press(author, zh.broadcasts("board.steering.cancelling.submit.people", { count: 3 }));
  await agree(author);
  await expect(waves).toContainText(
    zh.broadcasts("board.waves.state.ended", { first: 1, rest: 3 }),
  );
  await expect(author.getByText(REASON)).toBeVisible();
});

/** A notice to four people, of whom one has the first wave. */
async function givenFirstWave() {
  const { id: productId } = await givenProductOfItsOwn();
  const account = await givenAccount({ productId, name: "泊蓝" });
  // Without the mail that greets a member: it would come back too, and their addresses be left out of the wave.
  for (const email of ADDRESSES) {
    const { id } = await givenMember(account.id, "member");
    await db.update(users).set({ email }).where(eq(users.id, id));
  }
  const desk = {
    ...{ author: await personOf("author"), approver: await personOf("approver"), productId },
  };
  const incident = await givenIncident(desk);
  const draft = await givenNotice(desk, {
    incidentId: incident.id,
    waves: {
      ...{ by: "people", first: 1, waitMinutes: 60 },
      ...{ bounced: 5, refused: 5, complained: 1 },
    },
  });
  const notice = await published(desk, draft, { typedPeople: ADDRESSES.length });
  return { number: incident.number, broadcastId: notice.broadcastId ?? "" };
}
