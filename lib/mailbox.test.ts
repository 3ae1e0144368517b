import { afterAll, expect, test } from "vitest";

import { API_KEY, standIns } from "@/stand-ins/resend/test-client";

import { listMails, MailboxUnreachable, readMail } from "./mailbox";
import { sendOne } from "./mailer";

const servers = standIns();
afterAll(() => servers.end());

test("the mailbox lists mails newest first and shows one whole", async () => {
  const { url } = await servers.start({ stepMs: 60_000 });
  for (const to of ["lin.mo@chenxi.example", "he.yun@luming.example", "lin.mo@chenxi.example"]) {
    const mail = {
      from: "云桥科技 <notice@yunqiao.example>",
      to,
      subject: `给 ${to}`,
      html: "<p>您好</p>",
      text: "您好",
      tags: { kind: "notice" },
    };
    await sendOne({ mail, key: crypto.randomUUID() }, { apiKey: API_KEY, baseUrl: url });
  }
  const all = await listMails({ limit: 10 }, url);
  expect(all.map(({ to }) => to[0])).toEqual([
    "lin.mo@chenxi.example",
    "he.yun@luming.example",
    "lin.mo@chenxi.example",
  ]);
  expect(await listMails({ to: "lin.mo@chenxi.example", limit: 1 }, `${url}/`)).toEqual([all[0]]);

  const mail = await readMail(all[1]!.id, url);
  expect(mail).toMatchObject({
    subject: "给 he.yun@luming.example",
    html: "<p>您好</p>",
    text: "您好",
    at: expect.any(Date),
    tags: [{ name: "kind", value: "notice" }],
  });
});

test("a mail that is not there is null", async () => {
  const { url } = await servers.start();
  expect(await readMail("../stats", url)).toBeNull();
});

test("a mailbox that is not there says so in a sentence", async () => {
  const { url, close } = await servers.start();
  await close();
  await expect(listMails({ limit: 1 }, url)).rejects.toThrow(MailboxUnreachable);
  await expect(listMails({ limit: 1 }, url)).rejects.toThrow(
    `The mailbox at ${url} does not answer`,
  );
});
