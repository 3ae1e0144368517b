import { isNull } from "drizzle-orm";
import { z } from "zod";

import { contactCards } from "@/db/schema";
import type { CardContent } from "@/db/schema/policies";
import { LOCALES } from "@/db/vocabulary/languages";
import { emailAddress } from "@/lib/email-address";
import { hashOf } from "@/lib/hash";
import { shanghaiDay } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { plainLine } from "../input";
import { verb } from "../verb";
import { cardOn } from "./contact-card";
import { day } from "./input";

const words = z
  .partialRecord(z.enum(LOCALES), plainLine(300))
  .refine((said) => Boolean(said["zh-CN"]), { path: ["zh-CN"], error: "errors.field.required" });

/**
 * Proposes what the contact card says from a day on. It is shown once another person agrees (P45).
 * @throws Conflict while another one waits; Invalid for a day that is over
 */
export const proposeContactCard = verb({
  may: "policy.draft",
  input: z.object({
    since: day,
    mail: emailAddress,
    lines: z.object({
      name: words,
      address: words,
      team: words,
      person: words,
      service: words,
      post: words,
    }),
  }),

  async run({ tx, actor, now, record, unchanged }, { since, mail, lines }) {
    if (since < shanghaiDay(now))
      throw new Invalid("errors.form", { since: ["policies.errors.card.past"] });
    if ((await tx.$count(contactCards, isNull(contactCards.decision))) > 0)
      throw new Conflict("policies.errors.card.waits");
    const content: CardContent = { mail, lines };
    const holds = await cardOn(tx, { day: since });
    if (holds && hashOf({ mail: holds.mail, lines: holds.lines }) === hashOf(content))
      return unchanged();
    const [card] = await tx
      .insert(contactCards)
      .values({ content, since, proposedBy: person(actor).id, proposedAt: now })
      .returning({ id: contactCards.id });
    if (!card) throw new Error("the card row was not written");
    await record("contact_card.proposed", { id: card.id, after: { since, ...content } });
  },
});
