import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";

import { accounts, requestFiles, users } from "@/db/schema";
import { unseal, unsealText } from "@/lib/seal";

import type { Actor, Context } from "../context";
import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { readPage } from "../page";
import { query } from "../query";
import { countColumn, readRows } from "../rows";
import { verb } from "../verb";
import { accountParts } from "./account-parts";
import { mailColumns } from "./mail-choices";
import type { Part, Parts, Whose } from "./own-part";
import { personParts } from "./own-parts";
import { membershipIn, person } from "./permissions";

/** Rows of a page, where a part says no other. */
const PAGE = 1000;

const partsOf = (whose: Whose): Parts =>
  whose.of === "person" ? personParts(whose) : accountParts(whose);

/** What is told of whom, for tests and for the words of both languages. */
export const OWN_DATA = {
  person: personParts({ id: "", email: "" }),
  account: accountParts({ id: "", readerId: "" }),
};

export type Row = Record<string, unknown>;
export type OwnSummary = Awaited<ReturnType<typeof readOwnSummary>>;

/** Themselves and what they chose, and how many rows there are of each kind that is held about them (P23). */
export const readOwnSummary = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const { id, email } = person(actor);
    const [self] = await db
      .select({
        ...{ name: users.name, email: users.email, locale: users.locale },
        ...mailColumns,
        ...{ showsAddress: users.showsAddress, createdAt: users.createdAt },
      })
      .from(users)
      .where(eq(users.id, id));
    if (!self) throw new Error("the person of the session is gone");
    const counts = Object.entries(personParts({ id, email })).map(
      ([part, { from, where }]) =>
        sql`select ${part} as part, count(*)::int as count from ${from} where ${where}`,
    );
    const rows = await readRows(db, z.object({ part: z.string(), count: countColumn }))`
      ${sql.join(counts, sql` union all `)}`;
    return {
      person: self,
      parts: rows.filter(({ part, count }) => part !== "person" && count > 0),
    };
  },
});

const exported = z.object({
  /** The account whose data it is; without one the reader's own. */
  accountId: uuid.optional(),
});

/** What is taken out, as its beginning went on the record. */
export type Export = { whose: Whose; name: string; openedAt: Date };

/**
 * Opens all that is held about the reader, or about an account to its owner: who begins to take it is on
 * the record, whether they take it to its end or not. @throws NotFound; NotAllowed, also where who it is
 * was not confirmed just now
 */
export const openOwnData = verb({
  may: "access.changeOwn",
  fresh: true,
  input: exported,

  async run({ tx, actor, now, record }, { accountId }): Promise<Export> {
    const { id, email, name } = person(actor);
    await record("person.began_export", { id, after: { accountId: accountId ?? null } });
    if (!accountId) return { whose: { of: "person", id, email }, name, openedAt: now };
    membershipIn(actor, accountId, ["owner"]);
    const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId));
    if (!account) throw new NotFound("errors.notFound");
    const whose = { of: "account", id: accountId, readerId: id } as const;
    return { whose, name: account.name, openedAt: now };
  },
});

/** Puts on the record that it was taken to its end, and how much it was. */
export const noteOwnData = verb({
  may: "access.changeOwn",
  input: z.object({ whose: z.custom<Whose>(), rows: z.int(), files: z.int() }),

  async run({ actor, record }, { whose, rows, files }) {
    assertOwn(actor, whose);
    const accountId = whose.of === "account" ? whose.id : null;
    await record("person.took_export", {
      ...{ id: person(actor).id, after: { accountId, rows, files } },
    });
  },
});

/** Its columns are those of its kind. */
const pagedRow = z.looseObject({ cursor: z.string() });

/** A page of one kind, opened where it rests sealed. @throws NotFound */
export const readOwnPart = query({
  may: "access.changeOwn",
  input: z.object({
    whose: z.custom<Whose>(),
    part: z.string(),
    ...pageInput,
    size: z.int().positive().optional(),
  }),

  async run({ db, actor }, { whose, part: name, page, size }) {
    assertOwn(actor, whose);
    const part = partsOf(whose)[name];
    if (!part) throw new NotFound("errors.notFound");
    const { columns, from, where, keys } = part;
    const selected = Object.entries(columns).map(
      ([column, of]) => sql`${"sealed" in of ? of.sealed : of} as ${sql.identifier(column)}`,
    );
    const list = { keys, size: size ?? part.size ?? PAGE, page };
    const { rows, ...turns } = await readPage(
      list,
      (slice) =>
        readRows(db, pagedRow)`
          select ${sql.join(selected, sql`, `)}, ${slice.cursor} as "cursor" from ${from}
          where ${where} and ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
    return { rows: rows.map((row) => opened(part, row)), ...turns };
  },
});

/** The pages of one kind in turn; where all that was left has gone meanwhile, the list does not begin again. */
export async function* pagesOf(ctx: Context, asked: { whose: Whose; part: string }) {
  let page: string | undefined;
  do {
    const read: Awaited<ReturnType<typeof readOwnPart>> = await readOwnPart(ctx, {
      ...asked,
      page,
    });
    if (read.rows.length === 0 || (page && !read.previous)) return;
    page = read.next ?? undefined;
    yield { rows: read.rows, hasMore: page !== undefined };
  } while (page);
}

/** A row with its sealed values in words: text, or what JSON they hold. */
const opened = ({ columns }: Part, row: Row): Row =>
  Object.fromEntries(
    Object.entries(columns).map(([name, of]) => {
      const value = row[name] ?? null;
      return [
        name,
        "sealed" in of && value ? plain(unsealText(asBuffer(value), of.context)) : value,
      ];
    }),
  );

const asBuffer = (value: unknown): Buffer => z.instanceof(Buffer).parse(value);

function plain(text: string): unknown {
  if (!text.startsWith("{")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The content of a file that `readOwnPart` named. @throws NotFound */
export const readOwnFile = query({
  may: "access.changeOwn",
  input: z.object({ whose: z.custom<Whose>(), fileId: uuid }),

  async run({ db, actor }, { whose, fileId }) {
    assertOwn(actor, whose);
    const part = partsOf(whose)["requestFiles"];
    if (!part) throw new NotFound("errors.notFound");
    const [file] = await db
      .select({ content: requestFiles.content })
      .from(requestFiles)
      .where(
        and(
          eq(requestFiles.id, fileId),
          sql`${requestFiles.id} in (select f.id from ${part.from} where ${part.where})`,
        ),
      );
    return file ? unseal(file.content, "request.file") : null;
  },
});

/** Every kind of what is opened, by name. */
export const partNames = ({ whose }: Export): string[] => Object.keys(partsOf(whose));
export const columnsOf = ({ whose }: Export, part: string): string[] =>
  Object.keys(partsOf(whose)[part]?.columns ?? {});

/** @throws NotFound where it is somebody else's; NotAllowed where the reader owns the account no longer */
function assertOwn(actor: Actor, whose: Whose): void {
  const { id } = person(actor);
  if (whose.of === "account") membershipIn(actor, whose.id, ["owner"]);
  if ((whose.of === "account" ? whose.readerId : whose.id) !== id)
    throw new NotFound("errors.notFound");
}
