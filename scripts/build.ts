import { ensureBuilt, isBuilt } from "./launch/build";
import { runCommand, say } from "./launch/say";

/** npm run build: the production build, unless there is one of exactly these sources. */
await runCommand(async () => {
  if (isBuilt()) say("已是最新构建 · these sources are built already");
  else await ensureBuilt("inherit");
  return 0;
});
