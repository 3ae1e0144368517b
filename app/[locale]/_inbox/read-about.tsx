import type { Context } from "@/domain/context";
import { listUnreadAbout } from "@/domain/inbox/about";

import { markReadAction } from "./actions";
import { ReadOnOpen } from "./read-on-open";

type Props = { ctx: Context; subjectIds: readonly string[] };

/** On the page of a thing: whoever opens it has read what their messages told of it. */
export async function ReadAbout({ ctx, subjectIds }: Props) {
  if (ctx.actor.kind !== "person") return null;
  const ids = await listUnreadAbout(ctx, { subjectIds: [...subjectIds] });
  return ids.length > 0 && <ReadOnOpen ids={ids} markRead={markReadAction} />;
}
