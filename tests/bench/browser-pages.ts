import zlib from "node:zlib";

import { signedIn, startBareNext, startPortal } from "./ground";
import type { Figure, Ratio, Workload } from "./measure";

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

export const weights: Workload = {
  id: "B12",
  name: "Bytes of pages",
  about:
    "HTML and the scripts it names, gzip, of public pages (B12) and of signed-in ones above the floor of a bare Next app (B13).",
  async run() {
    const portal = await startPortal();
    const bare = await startBareNext("bare");
    const floor = (await weigh(bare)).scripts;
    const figures: Figure[] = [{ what: "bare Next: scripts", value: floor, unit: "kB" }];
    const ratios: Ratio[] = [];
    for (const [what, path] of Object.entries(PUBLIC)) {
      const { html, scripts } = await weigh(portal.origin + path);
      figures.push({ what: `${what}: HTML`, value: html, unit: "kB" });
      figures.push({ what: `${what}: scripts`, value: scripts, unit: "kB" });
      ratios.push({ what: `${what}: scripts, kB`, value: scripts, most: 150 });
      if (what === "reader") ratios.push({ what: "reader: HTML, kB", value: html, most: 22 });
    }
    const readers = [
      [OWN, await signedIn("lin.zhiyuan@qinghe.example"), 25],
      [DESK, await signedIn("shen.anlan@yunqiao.example"), 60],
    ] as const;
    for (const [pages, headers, most] of readers)
      for (const [what, path] of Object.entries(pages)) {
        const { html, scripts } = await weigh(portal.origin + path, headers);
        figures.push({ what: `${what}: HTML`, value: html, unit: "kB" });
        ratios.push({ what: `${what}: scripts above the floor, kB`, value: scripts - floor, most });
      }
    return {
      ...{ figures, ratios },
      left: ["Lighthouse: `npx lighthouse@12` against `npm run demo`."],
    };
  },
};
