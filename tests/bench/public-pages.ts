import fs from "node:fs";
import zlib from "node:zlib";

import { inRoot } from "@/lib/paths";

import { signedIn, startPortal } from "./ground";
import { ask, type Found, hasProgram, type Workload } from "./measure";
import { startBareNext, startNginx } from "./peers";

const READER = "/zh-CN/policies/im-privacy-guide/3.1";
const GZIP = { "accept-encoding": "gzip" };
const DEVELOPER = "lin.zhiyuan@qinghe.example";

/** The text of the reader's page, as the bare page of the same text has it. */
const text = () =>
  fs.readFileSync(inRoot("scripts", "demo-texts", "im-privacy-guide-3.1.zh-CN.md"), "utf8");

export const NO_NGINX: Found = {
  ...{ figures: [], ratios: [] },
  left: ["nginx and wrk are needed (Debian: nginx-light, wrk)."],
};
export const NO_WRK: Found = { ...NO_NGINX, left: ["wrk is needed (Debian: wrk)."] };

export const publicPage: Workload = {
  id: "B1",
  name: "Public policy page",
  about:
    "The reader's page of a policy, gzip, 16 connections: behind the shipped nginx (without TLS on either side) beside nginx serving the same bytes from a file.",
  isBuilt: true,
  async run() {
    if (!hasProgram("nginx") || !hasProgram("wrk")) return NO_NGINX;
    const portal = await startPortal();
    const page = await fetch(portal.origin + READER, { headers: GZIP });
    const gzip = zlib.gzipSync(Buffer.from(await page.arrayBuffer()));
    const nginx = await startNginx(portal.origin, { gzip });
    const file = await ask(nginx.file, { headers: GZIP });
    const shipped = await ask(nginx.shipped + READER, { headers: { ...GZIP, ...nginx.headers } });
    const web = await ask(portal.origin + READER, { headers: GZIP });
    // What is signed in is never kept: the same page as Next makes it each time.
    const made = await ask(portal.origin + READER, {
      headers: { ...GZIP, ...(await signedIn(DEVELOPER)) },
    });
    return {
      figures: [
        { what: "nginx, the bytes as a file", value: file.perSecond, unit: "/s" },
        { what: "behind the shipped nginx", value: shipped.perSecond, unit: "/s" },
        { what: "the web process alone", value: web.perSecond, unit: "/s" },
        { what: "made by Next for somebody signed in", value: made.perSecond, unit: "/s" },
        { what: "page, gzip", value: gzip.length / 1000, unit: "kB" },
      ],
      ratios: [
        {
          what: "shipped nginx ÷ nginx file",
          value: shipped.perSecond / file.perSecond,
          least: 0.7,
          why: "a kept page has a key and a head of its own, which nginx looks up, reads and takes apart at each answer: 12.4 µs of its time, a file 7.8",
        },
        {
          what: "shipped nginx ÷ made by Next",
          value: shipped.perSecond / made.perSecond,
          least: 50,
        },
      ],
    };
  },
};

export const publicPageAlone: Workload = {
  id: "B2",
  name: "Public policy page without a front",
  about: "The web process alone beside a prerendered page of the same text in a bare Next app.",
  isBuilt: true,
  async run() {
    if (!hasProgram("wrk")) return NO_WRK;
    const portal = await startPortal();
    const bare = await startBareNext(text());
    const ours = await ask(portal.origin + READER, { headers: GZIP });
    const theirs = await ask(bare, { headers: GZIP });
    return {
      figures: [
        { what: "the web process", value: ours.perSecond, unit: "/s" },
        { what: "bare Next, prerendered", value: theirs.perSecond, unit: "/s" },
      ],
      ratios: [{ what: "ours ÷ bare Next", value: ours.perSecond / theirs.perSecond, least: 1 }],
    };
  },
};

const MADE_TWICE =
  "React makes every element twice, as data and as HTML, and there are many more than on the bare page: 40 % of the profile; the driver and the putting together of some twenty statements 20 %, garbage 9 %, sentences and the app's own code 10 %";

export const signedInPages: Workload = {
  id: "B5",
  name: "Signed-in pages",
  about:
    "Overview and inbox of a developer with the demo's story, beside a dynamic page of a bare Next app with one prepared query; without compressing, which the shipped nginx does for both.",
  isBuilt: true,
  async run() {
    if (!hasProgram("wrk")) return NO_WRK;
    const portal = await startPortal();
    const bare = await startBareNext(text());
    const headers = await signedIn(DEVELOPER);
    const peer = await ask(`${bare}/query`);
    const overview = await ask(`${portal.origin}/zh-CN/home`, { headers });
    const inbox = await ask(`${portal.origin}/zh-CN/inbox`, { headers });
    return {
      figures: [
        { what: "bare dynamic Next page", value: peer.perSecond, unit: "/s" },
        { what: "overview", value: overview.perSecond, unit: "/s" },
        { what: "inbox", value: inbox.perSecond, unit: "/s" },
        { what: "answers that were no page", value: overview.errors + inbox.errors, unit: "" },
      ],
      ratios: [
        {
          ...{ what: "overview ÷ bare page", value: overview.perSecond / peer.perSecond },
          ...{ least: 0.5, why: MADE_TWICE },
        },
        {
          ...{ what: "inbox ÷ bare page", value: inbox.perSecond / peer.perSecond },
          ...{ least: 0.5, why: MADE_TWICE },
        },
      ],
      left: ["a status page built from OpenStatus, which is not part of this project."],
    };
  },
};
