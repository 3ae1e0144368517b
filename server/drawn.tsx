import "server-only";
import { headers } from "next/headers";

/** What an action drew, by the headers of its request: the page that the same request makes finds it. */
const drawn = new WeakMap<Headers, React.ReactNode>();

/**
 * Hands over what belongs beside a form. Scripts draw it there; a browser without them gets the page
 * anew with the answer, and what was drawn on the server cannot stand in a form's state then: it is
 * kept for `Drawn`. @returns what the form itself is to show
 */
export async function drawBeside(shown: React.ReactNode): Promise<React.ReactNode> {
  const sent = await headers();
  if (sent.has("next-action")) return shown;
  drawn.set(sent, shown);
  return undefined;
}

/** Without scripts: what the form of this page was answered with. */
export async function Drawn() {
  const shown = drawn.get(await headers());
  if (!shown) return null;
  return (
    <div role="status" className="mb-6">
      {shown}
    </div>
  );
}
