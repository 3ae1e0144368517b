import pg from "pg";

import { StartError, systemCode } from "@/lib/start-error";

/** What a connection fails with: the network's, and PostgreSQL's for a wrong password, role or database. */
const NO_CONNECTION =
  /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOENT|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|28000|28P01|3D000|57P0\d|08\d\w{3})$/;
/** PostgreSQL's codes for a table, column or schema that is not there. */
const NOT_THERE = /^(42P01|42703|3F000)$/;

/** drizzle hides PostgreSQL's own error behind the statement it was about. */
export const ownError = (error: unknown): unknown =>
  error instanceof Error && error.cause ? error.cause : error;

export const isUnreachable = (error: unknown): boolean =>
  isOfDatabase(error) && NO_CONNECTION.test(systemCode(ownError(error)) ?? "");

export const isUnshaped = (error: unknown): boolean =>
  NOT_THERE.test(systemCode(ownError(error)) ?? "");

/** A file may be missing as well as a socket. */
function isOfDatabase(error: unknown): boolean {
  const own = ownError(error);
  return (
    systemCode(own) !== "ENOENT" ||
    (own instanceof Error && "syscall" in own && own.syscall === "connect")
  );
}

/** The sentence for a database that cannot be had at this address. */
export function unreachable(error: unknown, url: string): StartError {
  const why = reasonOf(ownError(error));
  if (!URL.canParse(url))
    return new StartError(
      `DATABASE_URL 不是有效的地址(${why})。密码中的特殊字符须写成百分号编码,例如 @ 写成 %40。`,
      `DATABASE_URL is not a valid address (${why}). Special characters of the password are written percent-encoded, e.g. @ as %40.`,
    );
  return new StartError(
    `无法连接数据库 ${placeOf(url)}(${why})。请检查 DATABASE_URL 以及数据库是否在运行。`,
    `The database at ${placeOf(url)} cannot be reached (${why}). Check DATABASE_URL and whether the database is running.`,
  );
}

/** The sentence for a database whose tables are not those of this version. */
export const wrongShape = (url: string): StartError =>
  new StartError(
    `数据库 ${placeOf(url)} 的结构不是本版本的。请先设置 DATABASE_OWNER_URL 并运行 npm run db:migrate。`,
    `The database at ${placeOf(url)} has not this version's shape. Run npm run db:migrate with DATABASE_OWNER_URL first.`,
  );

/** PostgreSQL's own words where it has answered, else the code of the failed system call. */
export function reasonOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.message;
  return systemCode(error) ?? (error instanceof Error ? error.message : String(error));
}

/** Host and database, without the password. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return "DATABASE_URL";
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
