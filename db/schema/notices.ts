import { integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { TEMPLATE_USES } from "../vocabulary/incidents";
import { users } from "./access";
import type { Texts } from "./incidents";

/** What notices say again and again. Its words stand in its versions; a retired one is offered no more. */
export const noticeTemplates = pgTable("notice_templates", {
  id: id(),
  use: text({ enum: TEMPLATE_USES }).notNull(),
  name: text().notNull(),
  createdAt: at().notNull(),
  retiredAt: at(),
});

/** The words of a template as they were written at one moment: append-only (a trigger). */
export const noticeTemplateVersions = pgTable(
  "notice_template_versions",
  {
    id: id(),
    templateId: uuid()
      .notNull()
      .references(() => noticeTemplates.id),
    /** 1, 2, 3 … within its template. */
    number: integer().notNull(),
    /** Both with variables (db/vocabulary/incidents.ts). */
    title: jsonb().$type<Texts>().notNull(),
    situation: jsonb().$type<Texts>().notNull(),
    writtenBy: uuid()
      .notNull()
      .references(() => users.id),
    writtenAt: at().notNull(),
  },
  (t) => [uniqueIndex("notice_template_versions_number").on(t.templateId, t.number)],
);
