import { integer, pgTable, text } from "drizzle-orm/pg-core";

import type { NumberSeries } from "../vocabulary/numbers";

/** The last number given in each series. It goes up by one, and back with the transaction that fails. */
export const numberSeries = pgTable("number_series", {
  series: text().$type<NumberSeries>().primaryKey(),
  last: integer().notNull(),
});
