import { Children } from "react";

type Props = {
  children: React.ReactNode;
  /** Parts that are drawn together; it should be some milliseconds' work. */
  atOnce?: number;
};

/**
 * Many parts, drawn some at a time: between them the process answers others. Few are drawn as they
 * are; a page of many takes longer by itself and makes nobody wait.
 */
export function InTurns({ children, atOnce = 25 }: Props) {
  const parts = Children.toArray(children);
  if (parts.length <= atOnce * 2) return children;
  const slices = Array.from({ length: Math.ceil(parts.length / atOnce) }, (_, index) =>
    parts.slice(index * atOnce, (index + 1) * atOnce),
  );
  return slices.map((slice, index) => <Slice key={index}>{slice}</Slice>);
}

async function Slice({ children }: { children: React.ReactNode }) {
  await nextTurn();
  return children;
}

let last: Promise<void> = Promise.resolve();

/** One after another, whichever page asks: each waits until what came in meanwhile was looked at. */
function nextTurn(): Promise<void> {
  last = last.then(async () => {
    for (let turns = 0; turns < 3; turns += 1) await new Promise((go) => setImmediate(go));
  });
  return last;
}
