import { setTimeout as sleep } from "node:timers/promises";
import zlib from "node:zlib";

import { givenStaff } from "@/tests/support/people";

import { countQueued, fillCrowd, SIZES, tellAgain } from "./crowd";
import { signedIn, startPortal } from "./ground";
import { ask, hasProgram, type Workload } from "./measure";
import { startNginx } from "./peers";
import { NO_NGINX } from "./public-pages";

/** @param alone p99 of the readers without the telling, ms @param file that of nginx's own file */
const whyLate = (alone: number, file: number) =>
  `a thousand who ask again without a pause, what makes them ask, nginx, web, worker and database share the processors: without the telling the p99 is ${Math.round(alone)} ms, of nginx's own file ${Math.round(file)}`;

/** Told while everybody reads. */
const PEOPLE = Math.min(100_000, Math.max(...SIZES));
const GZIP = { "accept-encoding": "gzip" };
const APPROVER = "shen.anlan@yunqiao.example";

export const burst: Workload = {
  id: "burst",
  name: "A thousand readers at once",
  about:
    "1,000 connections on the page of an incident behind the shipped nginx for ten seconds, while 100,000 people are told of something and operations looks at the board every second; beside the same without the telling, and nginx with the bytes as a file.",
  isBuilt: true,
  async run() {
    if (!hasProgram("nginx") || !hasProgram("wrk")) return NO_NGINX;
    const portal = await startPortal();
    const page = await firstIncident(portal.origin);
    const gzip = zlib.gzipSync(await (await fetch(portal.origin + page)).bytes());
    const nginx = await startNginx(portal.origin, { gzip });
    const crowded = { connections: 1000, seconds: 10 };
    const headers = { ...GZIP, ...nginx.headers };
    const file = await ask(nginx.file, { ...crowded, headers: GZIP });
    const quiet = await ask(nginx.shipped + page, { ...crowded, headers });

    const actor = await givenStaff("approver");
    const telling = await tellAgain(actor, await fillCrowd(PEOPLE));
    while ((await countQueued(telling)) === 0) await sleep(50);
    const board = watch(
      `${portal.origin}/zh-CN/ops/broadcasts/${telling}`,
      await signedIn(APPROVER),
    );
    const busy = await ask(nginx.shipped + page, { ...crowded, headers });
    const looks = await board.end();
    const isUnderWay = (await countQueued(telling)) > 0;
    return {
      figures: [
        { what: "nginx, the bytes as a file", value: file.perSecond, unit: "/s" },
        { what: "nginx, the bytes as a file: p99", value: file.p99, unit: "ms" },
        { what: "readers alone", value: quiet.perSecond, unit: "/s" },
        { what: "readers alone: p99", value: quiet.p99, unit: "ms" },
        { what: "readers during the telling", value: busy.perSecond, unit: "/s" },
        { what: "board, slowest of its looks", value: Math.max(...looks), unit: "ms" },
      ],
      ratios: [
        {
          ...{ what: "during the telling: p99, ms", value: busy.p99, most: 100 },
          why: whyLate(quiet.p99, file.p99),
        },
        { what: "during the telling: errors", value: busy.errors, most: 0 },
      ],
      ...(!isUnderWay && { left: ["the telling had ended before the readers had."] }),
    };
  },
};

/** The place of the newest incident that everybody may read. */
async function firstIncident(origin: string): Promise<string> {
  const html = await (await fetch(`${origin}/zh-CN/incidents`)).text();
  const place = /"(\/zh-CN\/incidents\/[^"/?#]+)"/.exec(html)?.[1];
  if (!place) throw new Error("there is no public incident");
  return place;
}

/** Asks for a page every second until it is told to end. */
function watch(url: string, headers: Record<string, string>) {
  let isEnded = false;
  const looking = (async () => {
    const taken: number[] = [];
    while (!isEnded) {
      const begin = performance.now();
      const answer = await fetch(url, { headers });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`the board answered ${answer.status}`);
      taken.push(performance.now() - begin);
      await sleep(1000);
    }
    return taken;
  })();
  return {
    end: () => {
      isEnded = true;
      return looking;
    },
  };
}
