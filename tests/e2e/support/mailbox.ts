import { expect } from "@playwright/test";

import { listMails, type MailboxMail, readMail } from "@/lib/mailbox";

type Wanted = {
  subject?: RegExp;
  text?: RegExp;
  /** Only what came later than this, in milliseconds since 1970. */
  after?: number;
};

/** The newest mail to an address that matches, as its reader gets it; waits until it is there. */
export async function mailTo(address: string, { subject = /./, text = /./, after = 0 }: Wanted) {
  let id = "";
  await expect
    .poll(
      async () => {
        const mails = await listMails({ to: address, limit: 50 });
        const found = mails.find(
          (mail) =>
            mail.at.getTime() >= after && subject.test(mail.subject) && text.test(mail.text ?? ""),
        );
        id = found?.id ?? "";
        return id;
      },
      { message: `a mail to ${address} about ${subject} ${text}`, timeout: 30_000 },
    )
    .not.toBe("");
  const mail = await readMail(id);
  if (!mail) throw new Error(`mail ${id} has gone`);
  return mail;
}

/** The first link in a mail's plain text whose address contains a part. */
export function linkIn(mail: MailboxMail, part: string): string {
  const links = mail.text?.match(/https?:\/\/[^\s<>()（）]+/g) ?? [];
  const link = links.find((address) => address.includes(part));
  if (!link) throw new Error(`no link with ${part} in: ${links.join(" ")}`);
  return link;
}
