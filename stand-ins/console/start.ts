import { type Answer, type Incoming, json, page, serve } from "../http";
import { type ConsoleOptions } from "./options";
import { consolePage, viewOf } from "./page";
import { STYLE } from "./style";
import { signConsoleToken } from "./token";

/**
 * Starts the invented console of a vendor on 127.0.0.1: for a portal at localhost a foreign site. What
 * it does and does not do is in README.md beside it.
 * @returns its origin as `url`
 * @throws Error when the port can't be used
 */
export async function startConsoleStandIn(options: ConsoleOptions) {
  return serve(options.port, () => (incoming) => answer(options, incoming));
}

function answer(options: ConsoleOptions, { method, path, query }: Incoming): Answer {
  const { people, portal, key } = options;
  const wanted = query.get("person");
  const person = wanted ? people.find(({ email }) => email === wanted) : people[0];
  if (!person) return json(404, { error: "not_found" });
  switch (`${method} ${path}`) {
    case "GET /":
      return page(200, consolePage(options, viewOf(query, person)), {
        "content-security-policy": policy(portal),
      });
    case "GET /console.css":
      return { status: 200, body: STYLE, headers: { "content-type": "text/css; charset=utf-8" } };
    case "GET /notices-token":
      return json(200, {
        token: signConsoleToken(person.email, { key, audience: portal, now: new Date() }),
      });
    default:
      return json(404, { error: "not_found" });
  }
}

/** The strictest policy a console can have besides the portal itself. */
const policy = (portal: string) =>
  [
    "default-src 'none'",
    `script-src ${portal}`,
    `connect-src 'self' ${portal}`,
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
