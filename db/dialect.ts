import {
  Column,
  Name,
  Param,
  Placeholder,
  type Query,
  SQL,
  sql,
  StringChunk,
  Table,
} from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";

/**
 * Puts the text and the values of a statement together in one pass. Drizzle joins them piece after piece,
 * which for a page of twenty statements takes as long as PostgreSQL does. A statement that holds what is
 * rare (inlined values, placeholders, views) is left to Drizzle as it is.
 */
export class OnePassDialect extends PgDialect {
  readonly #names = new WeakMap<Column | Table, string>();

  override sqlToQuery(...[statement, source]: Parameters<PgDialect["sqlToQuery"]>) {
    const query: Query = { sql: "", params: [] };
    const isWritten = source === undefined && this.#write(query, statement);
    return isWritten ? query : super.sqlToQuery(statement, source);
  }

  /** @returns false where something is met that is not for here */
  #write(query: Query, statement: SQL): boolean {
    if (Reflect.get(statement, "shouldInlineParams")) return false;
    return statement.queryChunks.every((chunk) => this.#add(query, chunk));
  }

  #add(query: Query, chunk: unknown): boolean {
    if (chunk === undefined) return true;
    if (typeof chunk !== "object" || chunk === null) return addValue(query, chunk);
    if (chunk instanceof SQL) return this.#write(query, chunk);
    if (chunk instanceof Param) return addParam(query, chunk);
    if (Array.isArray(chunk)) return this.#addList(query, chunk);
    const text = this.#textOf(chunk);
    query.sql += text ?? "";
    return text !== null;
  }

  #textOf(chunk: object): string | null {
    if (chunk instanceof StringChunk) return chunk.value.join("");
    if (chunk instanceof Column || chunk instanceof Table) return this.#nameOf(chunk);
    if (chunk instanceof Name) return this.escapeName(chunk.value);
    if (chunk instanceof SQL.Aliased) return this.escapeName(chunk.fieldAlias);
    return null;
  }

  #addList(query: Query, list: readonly unknown[]): boolean {
    query.sql += "(";
    const isWritten = list.every((one, n) => {
      if (n > 0) query.sql += ", ";
      return this.#add(query, one);
    });
    query.sql += ")";
    return isWritten;
  }

  /** As Drizzle writes it. */
  #nameOf(thing: Column | Table): string {
    const known = this.#names.get(thing);
    if (known !== undefined) return known;
    const name = super.sqlToQuery(sql`${thing}`).sql;
    this.#names.set(thing, name);
    return name;
  }
}

function addParam(query: Query, { value, encoder }: Param): boolean {
  if (value instanceof Placeholder) return false;
  return addValue(query, value === null ? null : encoder.mapToDriverValue(value));
}

function addValue(query: Query, value: unknown): boolean {
  query.sql += `$${query.params.push(value)}`;
  return !(value instanceof SQL);
}
