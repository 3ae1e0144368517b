import { type Incoming } from "./http";
import { checkMail, type Mail } from "./mail";
import { invalid, PROBLEMS, type Problem } from "./problem";

/** The mails of a request that can be accepted, and the answer once they have ids. */
export type Sendable = {
  mails: { mail: Mail; index: number }[];
  answer: (ids: string[]) => unknown;
};

const MAX_BATCH = 100;

/** Reads the body of POST /emails or POST /emails/batch. */
export function parseRequest(request: Incoming): Sendable | { problem: Problem } {
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString("utf8"));
  } catch {
    return { problem: PROBLEMS.notJson };
  }
  if (request.path === "/emails") return parseOne(body);
  return parseBatch(body, request.headers["x-batch-validation"] === "permissive");
}

function parseOne(body: unknown): Sendable | { problem: Problem } {
  const checked = checkMail(body);
  if ("problem" in checked) return checked;
  return { mails: [{ mail: checked.mail, index: 0 }], answer: ([id]) => ({ id }) };
}

/**
 * Strict, the default, refuses all for one; permissive takes the others and names it by index
 * (resend.com/docs/dashboard/emails/batch-validation-modes).
 */
function parseBatch(body: unknown, isPermissive: boolean): Sendable | { problem: Problem } {
  if (!Array.isArray(body) || body.length < 1 || body.length > MAX_BATCH) {
    return { problem: invalid("The batch must hold between 1 and 100 emails.") };
  }
  const mails: Sendable["mails"] = [];
  const errors: { index: number; message: string }[] = [];
  for (const [index, entry] of body.entries()) {
    const checked = checkMail(entry);
    if ("mail" in checked) mails.push({ mail: checked.mail, index });
    else if (!isPermissive) return checked;
    else errors.push({ index, message: checked.problem.message });
  }
  const data = (ids: string[]) => ids.map((id) => ({ id }));
  return {
    mails,
    answer: (ids) => (isPermissive ? { data: data(ids), errors } : { data: data(ids) }),
  };
}
