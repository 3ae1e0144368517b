import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { products } from "@/db/schema";
import { formatDate, formatDateTime } from "@/lib/format";
import { hashOf } from "@/lib/hash";

import { Conflict, Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { saveDraft } from "../reviews/draft";
import { verb } from "../verb";
import { contentOfForm } from "./edit-notice";
import { findWithIncident, lockEditable, type NoticeWithIncident } from "./find";
import { noticeInput } from "./input";
import { NOTICE } from "./review-kind";
import { findTemplate, lockTemplate } from "./templates";
import { filled, type Values, variablesIn } from "./template-text";

const useOf = ({ notice }: NoticeWithIncident) =>
  notice.type === "announcement" ? "announcement" : "incident";

/**
 * What a draft would say from a template: each of its variables with the value it has for this draft, or
 * none, and the texts with the values in their places. @throws NotFound, also for a template of another use
 */
export const previewTemplate = query({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, templateId: uuid }),

  async run(ctx, { noticeId, templateId }) {
    const subject = await findWithIncident(ctx.db, noticeId);
    const template = await findTemplate(ctx, { templateId });
    const use = useOf(subject);
    if (template.use !== use || template.retiredAt) throw new NotFound("errors.notFound");
    const values = await valuesFor(ctx.db, subject, ctx.now);
    const { title, situation } = template;
    return {
      template,
      values: variablesIn([title, situation], use).map((name) => ({
        name,
        value: values[name] ?? null,
      })),
      title: filled(title, use, values),
      situation: filled(situation, use, values),
    };
  },
});

/**
 * Makes title and text of a draft from the newest version of a template, which is the one that was looked
 * at; which one that was stays with it. It is an edit like any other, and what was there before can be taken back.
 * @throws Conflict where a variable has no value here, or somebody saved the draft or the template meanwhile; Invalid where a text grows too long
 */
export const useTemplate = verb({
  may: "notice.draft",
  input: z.object({
    noticeId: uuid,
    revision: z.coerce.number().int(),
    templateId: uuid,
    /** The template's version as its preview showed it. */
    number: z.coerce.number().int(),
  }),

  async run(step, { templateId, number, ...seen }) {
    const { tx, now } = step;
    const subject = await lockEditable(tx, seen);
    const template = await lockTemplate(tx, templateId);
    const { notice, incident } = subject;
    const use = useOf(subject);
    if (template.number !== number) throw new Conflict("notices.errors.template.movedOn");
    if (template.use !== use) throw new NotFound("errors.notFound");
    const values = await valuesFor(tx, subject, now);
    const texts = [template.title, template.situation];
    const missing = variablesIn(texts, use).find((name) => !values[name]);
    if (missing) throw new Conflict("notices.errors.template.noValue", { part: `{{${missing}}}` });
    const made = {
      title: filled(template.title, use, values),
      situation: filled(template.situation, use, values),
    };
    if (!noticeInput.pick({ title: true, situation: true }).safeParse(made).success)
      throw new Invalid("notices.errors.template.tooLong");
    const fields = {
      parts: { ...notice.parts, ...made },
      templateVersionId: template.versionId,
    };
    const { revision } = await saveDraft(step, NOTICE, {
      draft: notice,
      own: fields,
      said: { before: contentOfForm(notice), after: contentOfForm({ ...notice, ...fields }) },
    });
    await step.record("notice.template_used", {
      id: notice.id,
      after: { templateId, number: template.number, textHash: hashOf(made), revision },
    });
    return { incidentNumber: incident?.number ?? null };
  },
});

/** Moments are said by Beijing's clock, as everywhere. */
async function valuesFor(
  db: Db | Tx,
  { notice, incident }: NoticeWithIncident,
  now: Date,
): Promise<Values> {
  const [product] = await db.select().from(products).where(eq(products.id, notice.productId));
  const moment = (at: Date | null) =>
    at && { "zh-CN": formatDateTime(at, "zh-CN"), en: formatDateTime(at, "en") };
  const same = (text: string) => ({ "zh-CN": text, en: text });
  return {
    product: product ? { "zh-CN": product.nameZh, en: product.nameEn } : null,
    today: { "zh-CN": formatDate(now, "zh-CN"), en: formatDate(now, "en") },
    goes_out_at: moment(notice.goesOutAt),
    ...(incident && {
      incident_number: same(incident.number),
      occurred_at: moment(incident.occurredAt),
      discovered_at: moment(incident.discoveredAt),
      contact: same(incident.contact),
    }),
  };
}
