import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { signInFailures, signInRequests } from "@/db/schema";
import { builtActions } from "@/tests/e2e/support/manifest";
import { argumentsOf } from "@/tests/e2e/support/posts";
import { listMails } from "@/lib/mailbox";

import type { Watched } from "./watched";

const VICTIM = "shen.anlan@yunqiao.example";
const ASKS = 200;
const GUESSES = 900;
/** Networks that one stranger asks from. */
const NETWORKS = 50;

/**
 * A stranger who asks for mails to somebody's address and guesses codes, from one network and from
 * many, with a browser that keeps its mark and without; then the owner, who wants to get in.
 */
export async function* askAndGuess({ origin }: Watched): AsyncGenerator<string> {
  const door = doorOf(origin);
  // Each ask from a browser of its own, which keeps what it is told: only there a code is looked at.
  const open = new Map<string, Jar>();
  for (const networks of [1, NETWORKS]) {
    const before = await mailsAsked();
    const begun = performance.now();
    let told = 0;
    for (let n = 0; n < ASKS; n += 1) {
      const jar = newJar();
      const request = await door.ask(VICTIM, networkOf(networks, n), jar);
      if (request) open.set(request, jar);
      told += request ? 1 : 0;
    }
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    yield `${ASKS} asks for one address from ${networks} network(s) in ${seconds} s: ${(await mailsAsked()) - before} mails, ${told} requests told to the stranger`;
  }
  await mailsHaveLeft();
  for (const networks of [1, NETWORKS]) {
    const begun = performance.now();
    const answers = new Map<string, number>();
    const all = [...open];
    for (let n = 0; n < GUESSES; n += 1) {
      const [request, jar] = all[n % all.length] ?? ["", newJar()];
      const secret = String(10_000_000 + n * 7);
      const answer = await door.guess({ request, secret, network: networkOf(networks, n), jar });
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const said = [...answers].map(([key, n]) => `${n} × ${key}`).join(", ");
    yield `${GUESSES} guesses from ${networks} network(s) in ${seconds} s: ${said}; ${await db.$count(signInFailures)} wrong codes counted in all`;
  }
  yield `the owner, from a network and browser of their own: ${await ownerGetsIn(door, newJar())}`;
}

const mailsAsked = () => db.$count(signInRequests, eq(signInRequests.email, VICTIM));

const networkOf = (networks: number, n: number): string => `203.0.113.${n % networks}`;

/** The doors of the sign-in pages, as their forms open them. */
function doorOf(origin: string) {
  const ids = new Map(builtActions().map(({ id, name }) => [name.split("#")[1] ?? "", id]));
  const post = async (action: string, fields: [string, string][], given: Given) =>
    fetch(`${origin}/zh-CN/sign-in`, {
      ...{ method: "POST", redirect: "manual", body: argumentsOf(fields) },
      headers: {
        ...{ origin, accept: "text/x-component", "next-action": ids.get(action) ?? "" },
        ...{ "x-forwarded-for": given.network, cookie: given.cookie ?? "" },
      },
    });
  return {
    /** @returns the request that the page of codes is opened with, or null where none was made */
    async ask(email: string, network: string, jar?: Jar): Promise<string | null> {
      const given = { network, cookie: jar?.cookie() };
      const answer = await post(
        "requestSignInMail",
        [
          ["email", email],
          ["locale", "zh-CN"],
        ],
        given,
      );
      jar?.keep(answer);
      const told = `${answer.headers.get("x-action-redirect") ?? ""}${await answer.text()}`;
      return /request=([0-9a-f-]{36})/.exec(told)?.[1] ?? null;
    },
    /** @returns the message key of the refusal, or "in" */
    async guess({ request, secret, network, jar }: Try): Promise<string> {
      const given = { network, cookie: jar?.cookie() };
      const fields: [string, string][] = [
        ["request", request],
        ["code", secret],
        ["locale", "zh-CN"],
      ];
      const answer = await post("signInWithCode", fields, given);
      jar?.keep(answer);
      const text = await answer.text();
      const key = /"((?:access\.)?errors\.[\w.]+)"/g;
      const keys = [...text.matchAll(key)]
        .map(([, one]) => one)
        .filter((one) => one !== "errors.form");
      return (
        keys[0] ?? (answer.headers.get("x-action-redirect") ? "led on" : String(answer.status))
      );
    },
    async follow({ request, secret, network, jar }: Try & { jar: Jar }): Promise<boolean> {
      const given = { network, cookie: jar.cookie() };
      const fields: [string, string][] = [
        ["request", request],
        ["token", secret],
        ["locale", "zh-CN"],
      ];
      const answer = await post("signInWithLink", fields, given);
      jar.keep(answer);
      await answer.text();
      return jar.cookie().includes("gaozhi-session=");
    },
  };
}
type Given = { network: string; cookie?: string | undefined };
type Jar = ReturnType<typeof newJar>;
/** A code or a link that is tried on a request. */
type Try = { request: string; secret: string; network: string; jar?: Jar };

function newJar() {
  const kept = new Map<string, string>();
  return {
    cookie: () => [...kept].map(([name, value]) => `${name}=${value}`).join("; "),
    keep(answer: Response) {
      for (const line of answer.headers.getSetCookie()) {
        const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
        kept.set(name, value);
      }
    },
  };
}

/** The owner opens the newest mail, whoever asked for it, and asks for one where there is none. */
async function ownerGetsIn(door: ReturnType<typeof doorOf>, jar: Jar): Promise<string> {
  const network = "192.0.2.77";
  const begun = performance.now();
  const own = await door.ask(VICTIM, network, jar);
  const link = await newestLink();
  const isIn = link !== null && (await door.follow({ ...link, network, jar }));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const mail = own ? "asked for a mail of their own" : "was told to use the newest mail";
  return isIn ? `${mail}, and is in by a link after ${seconds} s` : `${mail}, and is not in`;
}

/** What the mail provider was given last for the address. */
async function newestLink(): Promise<{ request: string; secret: string } | null> {
  const end = performance.now() + 20_000;
  while (performance.now() < end) {
    for (const { text } of await listMails({ to: VICTIM, limit: 5 })) {
      const [, request, secret] = /request=([0-9a-f-]{36})&token=([\w-]+)/.exec(text ?? "") ?? [];
      if (request && secret) return { request, secret };
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return null;
}

const mailsHaveLeft = () => new Promise((resolve) => setTimeout(resolve, 3_000));
