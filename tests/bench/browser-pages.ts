import zlib from "node:zlib";

import { signedIn, startPortal } from "./ground";
import { type Figure, hasProgram, quantile, type Ratio, said, type Workload } from "./measure";
import { startBareNext } from "./peers";

const PUBLIC = {
  home: "/zh-CN",
  library: "/zh-CN/policies",
  reader: "/zh-CN/policies/im-privacy-guide/3.1",
  comparison: "/zh-CN/policies/im-privacy-guide/3.2/changes?since=3.1",
  incidents: "/zh-CN/incidents",
};
const OWN = { overview: "/zh-CN/home", inbox: "/zh-CN/inbox", requests: "/zh-CN/requests" };
const DESK = { desk: "/zh-CN/ops", board: "/zh-CN/ops/broadcasts", queue: "/zh-CN/ops/requests" };

/** Bytes of a page and of the scripts that it names, each compressed once. */
export async function weigh(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const html = await answer.text();
  const scripts = new Set(
    Array.from(html.matchAll(/<script[^>]*\ssrc="([^"]+)"(?![^>]*nomodule)/gi), ([, src]) => src),
  );
  let bytes = 0;
  for (const src of scripts) {
    const script = await fetch(new URL(src ?? "", url));
    bytes += zlib.gzipSync(Buffer.from(await script.arrayBuffer())).length;
  }
  return { html: zlib.gzipSync(html).length / 1000, scripts: bytes / 1000 };
}

export const publicWeights: Workload = {
  id: "B12",
  name: "Public pages in a browser",
  about:
    "HTML and the scripts it names, gzip, of pages for everybody; Lighthouse (mobile, median of three) beside an empty page of a bare Next app.",
  isBuilt: true,
  async run() {
    const portal = await startPortal();
    const bare = await startBareNext("bare");
    const figures: Figure[] = [
      { what: "bare Next: scripts", value: (await weigh(bare)).scripts, unit: "kB" },
    ];
    const ratios: Ratio[] = [];
    for (const [what, path] of Object.entries(PUBLIC)) {
      const { html, scripts } = await weigh(portal.origin + path);
      figures.push({ what: `${what}: HTML`, value: html, unit: "kB" });
      ratios.push({ what: `${what}: scripts, kB`, value: scripts, most: 150 });
      if (what === "reader") ratios.push({ what: "reader: HTML, kB", value: html, most: 22 });
    }
    if (!hasProgram("lighthouse", "--version"))
      return { figures, ratios, left: ["Lighthouse is needed (npm install --global lighthouse)."] };
    const floor = await score(bare);
    figures.push({ what: "bare Next: Lighthouse", value: floor, unit: "" });
    for (const what of ["home", "reader"] as const) {
      const points = await score(portal.origin + PUBLIC[what]);
      ratios.push({ what: `${what}: Lighthouse`, value: points, least: floor - 3 });
    }
    return { figures, ratios };
  },
};

/** Lighthouse's points for speed on a phone, the middle of three runs. */
async function score(url: string): Promise<number> {
  const points: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const words = await said("lighthouse", [
      ...[url, "--quiet", "--output=json", "--only-categories=performance"],
      "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking",
    ]);
    const report = JSON.parse(words) as { categories: { performance: { score: number } } };
    points.push(report.categories.performance.score * 100);
  }
  return quantile(
    points.sort((one, other) => one - other),
    0.5,
  );
}

export const signedInWeights: Workload = {
  id: "B13",
  name: "Scripts of signed-in pages",
  about: "The scripts that pages with React name, gzip, in all and above those of a bare Next app.",
  isBuilt: true,
  async run() {
    const portal = await startPortal();
    const floor = (await weigh(await startBareNext("bare"))).scripts;
    const figures: Figure[] = [{ what: "bare Next: scripts", value: floor, unit: "kB" }];
    const ratios: Ratio[] = [];
    const readers = [
      [OWN, await signedIn("lin.zhiyuan@qinghe.example"), 25],
      [DESK, await signedIn("shen.anlan@yunqiao.example"), 60],
    ] as const;
    for (const [pages, headers, most] of readers)
      for (const [what, path] of Object.entries(pages)) {
        const { html, scripts } = await weigh(portal.origin + path, headers);
        figures.push(
          { what: `${what}: HTML`, value: html, unit: "kB" },
          { what: `${what}: scripts`, value: scripts, unit: "kB" },
        );
        ratios.push({ what: `${what}: scripts above the floor, kB`, value: scripts - floor, most });
      }
    return { figures, ratios };
  },
};
