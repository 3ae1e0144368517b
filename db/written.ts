import { Param, type Query, SQL, StringChunk } from "drizzle-orm";

/**
 * A statement written out, with its text and values put together in one pass: Drizzle joins piece after
 * piece, which for a page of twenty statements costs as much as PostgreSQL does. What holds anything but
 * text, values and other such statements (a column, a list, a name) stays as it is, and Drizzle's to write.
 */
export function written(statement: SQL): SQL {
  const query: Query = { sql: "", params: [] };
  return writeInto(query, statement) ? new Written(query) : statement;
}

class Written extends SQL {
  constructor(private readonly query: Query) {
    super([]);
  }

  override toQuery() {
    return this.query;
  }
}

/** @returns false where something is met that is not for here */
function writeInto(query: Query, statement: SQL): boolean {
  if (Reflect.get(statement, "shouldInlineParams")) return false;
  return statement.queryChunks.every((chunk: unknown) => {
    if (chunk === undefined) return true;
    if (chunk instanceof StringChunk) {
      query.sql += chunk.value.join("");
      return true;
    }
    if (chunk instanceof SQL) return writeInto(query, chunk);
    if (chunk instanceof Param) return addValue(query, chunk.encoder.mapToDriverValue(chunk.value));
    return typeof chunk !== "object" || chunk === null ? addValue(query, chunk) : false;
  });
}

function addValue(query: Query, value: unknown): boolean {
  query.sql += `$${query.params.push(value)}`;
  return !(value instanceof SQL);
}
