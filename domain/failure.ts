import { randomUUID } from "node:crypto";

import { Invalid } from "./errors";

/** The longest part of a query that is worth reading in a log. */
const SHAPE = 300;

/**
 * A query that failed, without what it was asked with: drizzle's own error quotes every parameter,
 * PostgreSQL's the row that was in the way, and Next prints both. What is left tells where to look.
 */
export class DatabaseFailure extends Error {
  readonly id = randomUUID();
  /** PostgreSQL's code (SQLSTATE) or node's ("ECONNREFUSED"). */
  readonly code: string;
  readonly constraint: string | undefined;

  constructor(failed: FailedQuery) {
    const { code, constraint } = reasonIn(failed.cause);
    const shape = failed.query.replaceAll(/'(?:[^']|'')*'/g, "'…'").replaceAll(/\s+/g, " ");
    super(`query failed (${code}${constraint ? `, ${constraint}` : ""}): ${shape.slice(0, SHAPE)}`);
    this.name = "DatabaseFailure";
    this.code = code;
    this.constraint = constraint;
    this.stack = [`${this.name}: ${this.message}`, ...framesOf(failed)].join("\n");
  }
}

/** A NUL in a text, in a column of text (22021) and of JSON (22P05): the sender's to mend. */
const UNSTORABLE = ["22021", "22P05"];

/**
 * Runs what asks the database; a query's failure leaves without the query's parameters.
 * @throws Invalid for a text that PostgreSQL cannot hold, wherever no schema refused it before
 */
export async function withoutParameters<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!isFailedQuery(error)) throw error;
    const failure = new DatabaseFailure(error);
    throw UNSTORABLE.includes(failure.code) ? new Invalid("errors.field.unstorable") : failure;
  }
}

type FailedQuery = Error & { query: string; params: unknown; cause?: unknown };

const isFailedQuery = (error: unknown): error is FailedQuery =>
  error instanceof Error &&
  "query" in error &&
  "params" in error &&
  typeof error.query === "string";

function reasonIn(cause: unknown): { code: string; constraint?: string } {
  if (typeof cause !== "object" || cause === null) return { code: "unknown" };
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  return {
    code: typeof code === "string" ? code : "unknown",
    ...(typeof constraint === "string" && { constraint }),
  };
}

const framesOf = ({ stack = "" }: Error): string[] =>
  stack.split("\n").filter((line) => /^\s+at /.test(line));
