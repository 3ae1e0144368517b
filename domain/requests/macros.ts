import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { requestMacros } from "@/db/schema";
import { MACRO_VARIABLES, type MacroVariable } from "@/db/vocabulary/requests";
import { hashOf } from "@/lib/hash";
import { faultIn, filled, variablesIn } from "@/lib/template-text";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { plainLine, prose, uuid } from "../input";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { words } from "./input";

/** More than anybody finds again. */
export const MOST_MACROS = 100;

export type Macro = Awaited<ReturnType<typeof newestMacros>>[number];

/** The macros in use with their newest words, by name; a hundred at most. */
export const listMacros = query({
  may: "request.readMacros",
  input: z.object({}),
  run: ({ db }) => newestMacros(db),
});

/**
 * Writes a macro, or its next version; what was sent with an earlier one stays as it was. A variable that
 * does not exist is refused with its place.
 * @throws Invalid; NotFound; Conflict when somebody wrote a version meanwhile, it is retired, or there are too many
 */
export const saveMacro = verb({
  may: "request.keepMacros",
  input: z.object({
    /** Absent for a new one. */
    macroId: uuid.optional(),
    /** The version that was edited; 0 for none. */
    number: z.coerce.number().int().default(0),
    name: plainLine(60),
    text: z.object({ "zh-CN": words(), en: prose(5000) }),
  }),

  async run(step, { macroId, number, name, text }) {
    const after = { name, textZh: text["zh-CN"], textEn: text.en.trim() || null };
    assertVariables(text);
    if (!macroId) {
      if ((await newestMacros(step.tx)).length >= MOST_MACROS)
        throw new Conflict("requests.errors.tooManyMacros");
      return write(step, { ...after, macroId: randomUUID(), number: 1 });
    }
    const known = await findMacro(step.tx, macroId);
    if (known.number !== number) throw new Conflict("requests.errors.changedMeanwhile");
    const { name: was, textZh, textEn } = known;
    if (hashOf({ name: was, textZh, textEn }) === hashOf(after)) return step.unchanged({ macroId });
    return write(step, { ...after, macroId, number: number + 1 });
  },
});

/** Offers a macro no more; again is harmless. @throws Conflict when somebody wrote a version meanwhile */
export const retireMacro = verb({
  may: "request.keepMacros",
  input: z.object({ macroId: uuid }),

  async run({ tx, actor, now, record, unchanged }, { macroId }) {
    const [known] = await newestMacros(tx, macroId);
    if (!known) return unchanged();
    const { number, name, textZh, textEn } = known;
    const [retired] = await tx
      .insert(requestMacros)
      .values({
        ...{ macroId, number: number + 1, name, textZh, textEn, isRetired: true },
        ...{ writtenBy: person(actor).id, writtenAt: now },
      })
      .onConflictDoNothing()
      .returning({ id: requestMacros.id });
    if (!retired) throw new Conflict("requests.errors.changedMeanwhile");
    await record("macro.retired", { id: macroId, before: { name } });
  },
});

/** What a macro says for a case, and which of its variables have no value there: such a one is not sent. */
export function fillMacro(
  text: string,
  values: Readonly<Record<MacroVariable, string | null>>,
): { text: string; missing: MacroVariable[] } {
  const missing = variablesIn([text], MACRO_VARIABLES).filter((name) => !values[name]);
  return { text: filled(text, values), missing };
}

/** @throws Invalid at the field with what is no variable */
function assertVariables(texts: Record<string, string>): void {
  for (const [locale, text] of Object.entries(texts)) {
    const fault = faultIn(text, MACRO_VARIABLES);
    if (fault)
      throw new Invalid(
        "errors.form",
        { [`text.${locale}`]: ["notices.errors.template.variable"] },
        fault,
      );
  }
}

const newestMacros = (db: Db | Tx, macroId?: string) =>
  db
    .select()
    .from(requestMacros)
    .where(
      and(
        macroId ? eq(requestMacros.macroId, macroId) : undefined,
        eq(requestMacros.isRetired, false),
        sql`not exists (
          select from request_macros later
          where later.macro_id = ${requestMacros.macroId} and later.number > ${requestMacros.number})`,
      ),
    )
    .orderBy(asc(requestMacros.name), asc(requestMacros.macroId))
    .limit(MOST_MACROS);

/** The newest version of one in use. Two who write its next meet at the unique number. @throws NotFound */
async function findMacro(tx: Tx, macroId: string): Promise<Macro> {
  const [macro] = await newestMacros(tx, macroId);
  if (!macro) throw new NotFound("errors.notFound");
  return macro;
}

type Written = Pick<Macro, "macroId" | "number" | "name" | "textZh" | "textEn">;

async function write({ tx, actor, now, record }: RecordedStep, written: Written) {
  const { macroId, number, name, textZh, textEn } = written;
  const [made] = await tx
    .insert(requestMacros)
    .values({ ...written, writtenBy: person(actor).id, writtenAt: now })
    .onConflictDoNothing()
    .returning({ id: requestMacros.id });
  if (!made) throw new Conflict("requests.errors.changedMeanwhile");
  const textHash = hashOf({ textZh, textEn });
  await record("macro.saved", { id: macroId, after: { name, number, textHash } });
  return { macroId };
}
