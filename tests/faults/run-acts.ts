import type { ChildProcess } from "node:child_process";
import { sql } from "drizzle-orm";

import { resumeBroadcast } from "@/domain/broadcasts/resume";
import { freePort } from "@/scripts/launch/free-port";

import { act, killed } from "./acts";
import { compare, crowdOf, type Comparison } from "./compare";
import { FAULTS } from "./points";
import { onStage } from "./stage";
import { allFinal, ask, givenTelling, statusOf } from "./telling";

export type ActsResult = Comparison & { kills: number; wrong: string[]; seconds: number };

const RECIPIENTS = 2_000;
const DOOR_KILLS = 3;

/**
 * One broadcast whose web processes are killed: around the commit of its approval, around that of its
 * pause, and in the middle of webhooks, while the provider shows each of its faults.
 */
export async function runActs(): Promise<ActsResult> {
  const port = await freePort();
  const door = keepDoor(port);
  const wrong: string[] = [];
  const expectThat = async (what: string, wanted: unknown, told: Promise<unknown>) => {
    const got = await told;
    if (got !== wanted) wrong.push(`${what}: ${String(got)}, not ${String(wanted)}`);
  };
  return onStage({ webhookUrl: `http://127.0.0.1:${port}/` }, async (stage) => {
    const { resend, workers, accepted } = stage;
    const { actor, productId } = await givenTelling(RECIPIENTS);
    const told = () => ask(sql`select count(*)::int as value from broadcasts`);
    await killed("before commit of approval", ["tell", productId], actor);
    await expectThat("broadcasts, killed before the approval's commit", 0, told());
    await killed("after commit of approval", ["tell", productId], actor);
    await expectThat("broadcasts, killed after the approval's commit", 1, told());

    const id = String(await ask(sql`select id as value from broadcasts`));
    for (const { fault, isFinal } of FAULTS) if (!isFinal) resend.faults.program(fault);
    await workers.start(2);
    await killed("before commit of steering", ["pause", id], actor);
    await expectThat("status, killed before the pause's commit", "sending", statusOf(id));
    await killed("after commit of steering", ["pause", id], actor);
    await expectThat("status, killed after the pause's commit", "paused", statusOf(id));
    await resumeBroadcast({ actor, now: new Date() }, { broadcastId: id });
    await allFinal(id);
    await workers.killAll();
    return {
      ...(await compare([{ broadcastId: id, whose: crowdOf() }], await accepted())),
      kills: 4 + door.kills(),
      wrong,
    };
  }).finally(() => door.close());
}

/** The door for webhooks, opened again each time it was killed in the middle of one. */
function keepDoor(port: number) {
  let [kills, isOpen] = [0, true];
  let child: ChildProcess;
  const open = () => {
    const at = kills < DOOR_KILLS ? "before commit of webhook" : "never";
    child = act(at, ["door", String(port)], 3);
    child.once("exit", (_code, signal) => {
      if (!isOpen) return;
      if (signal === "SIGKILL") kills += 1;
      open();
    });
  };
  open();
  return {
    kills: () => kills,
    close(): void {
      isOpen = false;
      child.kill("SIGKILL");
    },
  };
}
