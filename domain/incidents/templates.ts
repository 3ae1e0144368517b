import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { noticeTemplates, noticeTemplateVersions, users } from "@/db/schema";
import { type Texts } from "@/db/schema/incidents";
import { TEMPLATE_USES, type TemplateUse } from "@/db/vocabulary/incidents";
import { hashOf } from "@/lib/hash";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { plainLine, uuid } from "../input";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { noticeInput } from "./input";
import { faultIn } from "./template-text";

const MOST = 200;

/** The templates in use, or one of them, each with its newest words, by name; a few at most. */
export const listTemplates = query({
  may: "notice.readDrafts",
  input: z.object({ use: z.enum(TEMPLATE_USES).optional() }),

  run: ({ db }, { use }) =>
    newest(db)
      .where(and(isNull(noticeTemplates.retiredAt), use ? eq(noticeTemplates.use, use) : undefined))
      .orderBy(asc(noticeTemplates.use), asc(noticeTemplates.name), asc(noticeTemplates.id))
      .limit(MOST),
});

/** A template with its newest words, retired or not, and who wrote each version, the newest first. @throws NotFound */
export const findTemplate = query({
  may: "notice.readDrafts",
  input: z.object({ templateId: uuid }),

  async run({ db }, { templateId }) {
    const [template] = await newest(db).where(eq(noticeTemplates.id, templateId));
    if (!template) throw new NotFound("errors.notFound");
    const versions = await db
      .select({
        id: noticeTemplateVersions.id,
        number: noticeTemplateVersions.number,
        writtenAt: noticeTemplateVersions.writtenAt,
        writerName: users.name,
      })
      .from(noticeTemplateVersions)
      .innerJoin(users, eq(users.id, noticeTemplateVersions.writtenBy))
      .where(eq(noticeTemplateVersions.templateId, templateId))
      .orderBy(desc(noticeTemplateVersions.number))
      .limit(MOST);
    return { ...template, versions };
  },
});

/** From which version of which template the words of a notice were made. */
export async function templateOf(db: Db | Tx, versionId: string | null) {
  if (!versionId) return null;
  const [template] = await db
    .select({ name: noticeTemplates.name, number: noticeTemplateVersions.number })
    .from(noticeTemplateVersions)
    .innerJoin(noticeTemplates, eq(noticeTemplates.id, noticeTemplateVersions.templateId))
    .where(eq(noticeTemplateVersions.id, versionId));
  return template ?? null;
}

const newest = (db: Db | Tx) =>
  db
    .select({
      id: noticeTemplates.id,
      use: noticeTemplates.use,
      name: noticeTemplates.name,
      retiredAt: noticeTemplates.retiredAt,
      versionId: noticeTemplateVersions.id,
      number: noticeTemplateVersions.number,
      title: noticeTemplateVersions.title,
      situation: noticeTemplateVersions.situation,
      writtenAt: noticeTemplateVersions.writtenAt,
    })
    .from(noticeTemplates)
    .innerJoin(
      noticeTemplateVersions,
      and(
        eq(noticeTemplateVersions.templateId, noticeTemplates.id),
        sql`not exists (
          select from notice_template_versions later
          where later.template_id = ${noticeTemplates.id} and later.number > ${noticeTemplateVersions.number})`,
      ),
    )
    .$dynamic();

/** A template in use, locked until the transaction ends. @throws NotFound, Conflict */
export async function lockTemplate(tx: Tx, templateId: string) {
  const [template] = await tx
    .select()
    .from(noticeTemplates)
    .where(eq(noticeTemplates.id, templateId))
    .for("update");
  if (!template) throw new NotFound("errors.notFound");
  if (template.retiredAt) throw new Conflict("notices.errors.template.retired");
  const [version] = await newest(tx).where(eq(noticeTemplates.id, templateId));
  if (!version) throw new Error(`template ${templateId} has no words`);
  return version;
}

/**
 * Writes a template, or its next version: what was made from an earlier one keeps the words it was made
 * from. A variable that does not exist is refused with its place.
 * @throws Invalid; Conflict when somebody wrote a version meanwhile, or it is retired
 */
export const saveTemplate = verb({
  may: "notice.draft",
  input: z.object({
    /** Absent for a new one. */
    templateId: uuid.optional(),
    /** The version that was edited; 0 for none. */
    number: z.coerce.number().int().default(0),
    use: z.enum(TEMPLATE_USES, { error: "errors.field.required" }),
    name: plainLine(60),
    ...{ title: noticeInput.shape.title, situation: noticeInput.shape.situation },
  }),

  async run(step, { templateId, number, use: chosen, ...words }) {
    const known = templateId ? await lockTemplate(step.tx, templateId) : null;
    if (known && known.number !== number) throw new Conflict("notices.errors.template.movedOn");
    const use = known?.use ?? chosen;
    assertWritten(words, use);
    if (!known) return { templateId: await create(step, { use, ...words }) };
    const { title, situation, name } = known;
    if (hashOf({ title, situation, name }) === hashOf(words))
      return step.unchanged({ templateId: known.id });
    await step.tx
      .update(noticeTemplates)
      .set({ name: words.name })
      .where(eq(noticeTemplates.id, known.id));
    await write(step, { ...words, templateId: known.id, number: known.number + 1 });
    return { templateId: known.id };
  },
});

/** Offers a template no more; what was made from it says so for good. @throws NotFound, Conflict */
export const retireTemplate = verb({
  may: "notice.draft",
  input: z.object({ templateId: uuid }),

  async run({ tx, now, record }, { templateId }) {
    const { name } = await lockTemplate(tx, templateId);
    await tx
      .update(noticeTemplates)
      .set({ retiredAt: now })
      .where(eq(noticeTemplates.id, templateId));
    await record("template.retired", { id: templateId, before: { name } });
  },
});

type Words = { name: string; title: Texts; situation: Texts };

/** @throws Invalid at the first field that has no words in the binding language or names what is no variable */
function assertWritten({ title, situation }: Words, use: TemplateUse): void {
  for (const [field, texts] of Object.entries({ title, situation })) {
    if (!texts["zh-CN"]?.trim())
      throw new Invalid("errors.form", { [`${field}.zh-CN`]: ["errors.field.required"] });
    for (const [locale, text] of Object.entries(texts)) {
      const fault = faultIn(text, use);
      if (fault)
        throw new Invalid(
          "errors.form",
          { [`${field}.${locale}`]: ["notices.errors.template.variable"] },
          fault,
        );
    }
  }
}

async function create(step: RecordedStep, { use, ...words }: Words & { use: TemplateUse }) {
  const [template] = await step.tx
    .insert(noticeTemplates)
    .values({ use, name: words.name, createdAt: step.now })
    .returning({ id: noticeTemplates.id });
  if (!template) throw new Error("the template row was not written");
  await write(step, { ...words, templateId: template.id, number: 1 });
  return template.id;
}

type Writing = Words & { templateId: string; number: number };

async function write({ tx, actor, now, record }: RecordedStep, { name, ...version }: Writing) {
  const writtenBy = person(actor).id;
  await tx.insert(noticeTemplateVersions).values({ ...version, writtenBy, writtenAt: now });
  const { templateId, number, title, situation } = version;
  await record("template.saved", {
    id: templateId,
    after: { name, number, textHash: hashOf({ title, situation }) },
  });
}
