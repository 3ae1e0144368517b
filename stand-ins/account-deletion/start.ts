import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What the next call meets: an answer that is no success, or a connection that breaks before or after the work. */
export type Fault =
  | { status: number; retryAfter?: number }
  | { code: number }
  /** Breaks before anything is done. */
  | "cut"
  /** Does what was asked, and breaks before it says so. */
  | "cut after"
  /** Does the first half, and says of the rest that it could not just now. */
  | "half"
  /** A page of a proxy in between. */
  | "strange";

type Options = {
  users: Iterable<string>;
  key: string;
  protectedUsers?: Iterable<string>;
  port?: number;
};
type Item = { UserID: string };

const MOST = 100;

/**
 * Stands in for a vendor's account-deletion interface, README.md beside this: it holds users, deletes them
 * and says which it knows.
 * @returns its address, the calls and deletions it saw, and where faults are put in line
 */
export async function startAccountDeletion({ users, key, protectedUsers = [], port = 0 }: Options) {
  const held = new Set(users);
  const kept = new Set(protectedUsers);
  const deletions = new Map<string, number>();
  const faults: (Fault | null)[] = [];
  const seen = { calls: 0, most: 0 };

  const remove = (user: string) => {
    if (kept.has(user)) return { UserID: user, ResultCode: 70398, ResultInfo: "administrator" };
    if (!held.delete(user)) return { UserID: user, ResultCode: 70107, ResultInfo: "no such user" };
    deletions.set(user, (deletions.get(user) ?? 0) + 1);
    return { UserID: user, ResultCode: 0, ResultInfo: "" };
  };
  const check = (user: string) => ({
    ...{ UserID: user, ResultCode: 0, ResultInfo: "" },
    AccountStatus: held.has(user) ? "Imported" : "NotImported",
  });
  const later = (user: string) => ({ UserID: user, ResultCode: 70500, ResultInfo: "busy" });

  const answer = (asked: { DeleteItem?: Item[]; CheckItem?: Item[] }, isHalf: boolean) => {
    const items = asked.DeleteItem ?? asked.CheckItem ?? [];
    seen.most = Math.max(seen.most, items.length);
    if (items.length === 0 || items.length > MOST) return failed(70402);
    const act = asked.DeleteItem ? remove : check;
    const done = isHalf ? Math.ceil(items.length / 2) : items.length;
    const results = items.map(({ UserID }, at) => (at < done ? act(UserID) : later(UserID)));
    return { ActionStatus: "OK", ErrorCode: 0, ResultItem: results };
  };

  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      seen.calls += 1;
      const fault = faults.shift() ?? null;
      if (isBeforeWork(fault)) return meet(fault, response);
      if (request.headers.authorization !== `Bearer ${key}`) return say(response, { status: 401 });
      const body = answer(JSON.parse(text) as object, fault === "half");
      return fault === "cut after" ? response.destroy() : say(response, { status: 200, body });
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the stand-in has no port");
  return {
    url: `http://127.0.0.1:${address.port}/v4/im_open_login_svc`,
    held,
    /** How often each user was deleted. */
    deletions,
    faults,
    seen,
    async stop(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const failed = (code: number) => ({ ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: "failed" });

type Early = Exclude<Fault, "cut after" | "half">;
const isBeforeWork = (fault: Fault | null): fault is Early =>
  fault !== null && fault !== "cut after" && fault !== "half";

/** Nothing is done; what is answered instead. */
function meet(fault: Early, response: ServerResponse) {
  if (fault === "cut") return response.destroy();
  if (fault === "strange") return response.end("<html>gateway</html>");
  return say(response, "code" in fault ? { status: 200, body: failed(fault.code) } : fault);
}

type Said = { status: number; body?: object; retryAfter?: number };

function say(response: ServerResponse, { status, body = {}, retryAfter }: Said) {
  response.writeHead(status, {
    "content-type": "application/json",
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  });
  return response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
