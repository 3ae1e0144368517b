import { type SQL, sql, type SQLWrapper } from "drizzle-orm";
import { z } from "zod";

/** Letters or characters below which almost every text would be found. */
const LEAST = 2;

/** Words looked for in texts, as an address carries them; fewer than two letters look for nothing: "". */
export const soughtWords = z
  .string()
  .catch("")
  .transform((words) => {
    const sought = words.toWellFormed().replaceAll("\u0000", "").trim().slice(0, 80);
    return sought.length < LEAST ? "" : sought;
  });

/** Words as a part of a text that `ilike` compares. */
export const likeWords = (words: string): string =>
  `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Where facts hold what a reader reads: texts by language, numbers, labels and names. */
const READ = [
  '$.**."zh-CN"',
  "$.**.en",
  "$.**.label",
  "$.**.number",
  "$.incidentNumber",
  "$.receiptNumber",
  "$.reason",
  "$.accountName",
  "$.account.name",
  "$.**.uin",
] as const;

/**
 * Whether the facts of a broadcast or notice hold some words, in either language and whatever their case.
 * Chinese needs no words apart: any characters in a row are found.
 */
export function factsHold(facts: SQLWrapper, words: string): SQL {
  // As they stand within a text of JSON.
  const pattern = likeWords(JSON.stringify(words).slice(1, -1));
  const parts = READ.map((path) => sql`jsonb_path_query_array(${facts}, ${path})::text`);
  // The whole first, which holds more than is read but is cheap to look through.
  return sql`(${facts}::text ilike ${pattern} and concat_ws(' ', ${sql.join(parts, sql`, `)}) ilike ${pattern})`;
}
