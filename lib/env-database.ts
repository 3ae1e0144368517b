import { z } from "zod";

/** A whole number from 1 to `most`. */
export const amount = (what: string, standard: number, most: number) =>
  z.coerce
    .number(`must be ${what}`)
    .int(`must be ${what}`)
    .min(1, `must be between 1 and ${most}`)
    .max(most, `must be between 1 and ${most}`)
    .default(standard);

/** Where the database is, and what a connection to it may cost. */
export const DATABASE_VARIABLES = {
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://")
    .describe(
      "PostgreSQL to use, e.g. postgresql://user:password@host:5432/gaozhi. Unset, the start scripts run a PostgreSQL of their own in DATA_DIR.",
    ),
  DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://")
    .optional()
    .describe(
      "The same database as the role that owns its tables: npm run db:migrate changes their shape by it and grants the role of DATABASE_URL what the portal needs, which is no more than reading and writing rows. Web and worker are never told it.",
    ),
  DATABASE_LISTEN_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://")
    .optional()
    .describe(
      "The same database by a way that keeps a connection to one server, for LISTEN and the worker's jobs: directly, or by a pool in session mode. Needed where DATABASE_URL leads through a pool that shares connections by the transaction, such as PgBouncer.",
    ),
  DATABASE_POOL: amount("a number of connections", 10, 200).describe(
    "Most connections to PostgreSQL of a web process; a worker has twice as many. Each listens on one or two more.",
  ),
  DATABASE_STATEMENT_SECONDS: amount("a number of seconds", 60, 3600).describe(
    "Seconds after which PostgreSQL ends a statement. A worker's, which writes by the million, may take ten times as long.",
  ),
  DATABASE_LOCK_SECONDS: amount("a number of seconds", 15, 600).describe(
    "Seconds after which PostgreSQL ends a wait for a lock.",
  ),
  DATABASE_IDLE_SECONDS: amount("a number of seconds", 60, 3600).describe(
    "Seconds after which PostgreSQL ends a connection that stands idle in a transaction.",
  ),
};
