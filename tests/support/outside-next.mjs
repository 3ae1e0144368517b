// For programs that run a piece of the server by themselves, as tests/faults does with the webhook: Next
// alone knows `server-only`, and the words it shows are not those of a server component here.
import { register } from "node:module";

const hooks = `export const resolve = (name, context, next) =>
  name === "server-only" ? { shortCircuit: true, url: "data:text/javascript," } : next(name, context);`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
