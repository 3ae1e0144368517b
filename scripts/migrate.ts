import { untilStopped } from "./launch/lifetime";
import { dataHome, openDatabase } from "./launch/portal";
import { runCommand, say } from "./launch/say";

/** npm run db:migrate: brings the database (DATABASE_URL, else the embedded one) to this version's shape. */
await runCommand(async () => {
  let isDone = false;
  await untilStopped(async (life) => {
    await openDatabase(life, dataHome);
    isDone = true;
    say("数据库结构已是最新 · the database is up to date");
  });
  return isDone ? 0 : 1;
});
