import fc from "fast-check";
import { expect, test } from "vitest";

import { mailTemplate, personalise } from "./mail-template";
import { freezeBatch } from "./mailer";

const words = fc.string({ unit: "grapheme", maxLength: 40 });
const template = fc
  .array(
    fc.oneof(words, fc.constantFrom("%%NAME%%", "%%ACCOUNTS%%", "%%APPS%%", '"\\', "<b>", "\n")),
  )
  .map((parts) => parts.join(""));

test("the bytes put together from pieces are those of the whole mails, whatever they say", () => {
  const rendered = fc.record({ subject: words, html: template, text: template });
  const person = fc.record({ to: words, name: words, accounts: words, apps: words });
  const answers = fc.option(fc.emailAddress(), { nil: undefined });
  const told = fc.array(person, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rendered, answers, told, (mail, replyTo, people) => {
      const from = "云桥 <a@yunqiao.example>";
      const whole = freezeBatch(
        people.map((one) => ({ from, replyTo, to: one.to, ...personalise(mail, one) })),
      );
      expect(mailTemplate({ from, ...(replyTo && { replyTo }), ...mail })(people)).toBe(whole.body);
    }),
  );
});

test("a name that looks like a placeholder stays a name", () => {
  const fill = mailTemplate({
    from: "a@b.example",
    subject: "s",
    html: "%%NAME%%",
    text: "%%NAME%%",
  });
  const [mail] = JSON.parse(
    fill([{ to: "c@d.example", name: "%%ACCOUNTS%%", accounts: "x", apps: "" }]),
  ) as { text: string }[];
  expect(mail?.text).toBe("%%ACCOUNTS%%");
});
