import { Resolver } from "node:dns/promises";
import { domainToASCII } from "node:url";

/** The three records by which mailbox services tell whether a mail is of who it says (RFC 7208, RFC 6376, RFC 7489). */
export const SENDER_RECORDS = ["spf", "dkim", "dmarc"] as const;
export type SenderRecord = (typeof SENDER_RECORDS)[number];

/** `name` is where the record stands or belongs; `text` what stands there; `why` the resolver's word, e.g. ETIMEOUT. */
export type RecordState = { name: string } & (
  | { state: "found" | "wrong"; text: string }
  | { state: "missing" }
  | { state: "unasked"; why: string }
);
export type SenderDomain = { domain: string } & Record<SenderRecord, RecordState>;

/** The texts that stand at a name, its parts joined; none where the name has none. @throws NotAsked */
export type LookUp = (name: string) => Promise<string[]>;

/** The name service did not answer, or not in a way that says whether there is a record. */
export class NotAsked extends Error {
  override readonly name = "NotAsked";
  constructor(readonly why: string) {
    super(`the name service was not asked: ${why}`);
  }
}

const TIMEOUT_MS = 3_000;
const NONE = ["ENOTFOUND", "ENODATA"];

/** Asks the name service of this machine, or these as address:port, for three seconds at most. */
export async function lookUp(
  name: string,
  { servers, timeoutMs = TIMEOUT_MS }: { servers?: string[]; timeoutMs?: number } = {},
): Promise<string[]> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  if (servers) resolver.setServers(servers);
  const timer = setTimeout(() => resolver.cancel(), timeoutMs);
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (NONE.includes(code)) return [];
    throw new NotAsked(code === "ECANCELLED" ? "ETIMEOUT" : code || "unknown");
  } finally {
    clearTimeout(timer);
  }
}

type Sender = {
  /** `name@host` or `Name <name@host>` */
  from: string;
  /** Names the key with which the provider signs. */
  selector: string;
  /** What stands before the domain where bounces go, which is the one that SPF is asked of; `@` is the domain itself. */
  returnPath: string;
};

/** How the domain of a sender stands. Never throws for what the name service says or does not say. */
export async function readSenderDomain(
  { from, selector, returnPath }: Sender,
  ask: LookUp,
): Promise<SenderDomain> {
  const domain = domainToASCII(/@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? "").toLowerCase();
  const [spf, dkim, dmarc] = await Promise.all([
    first([returnPath === "@" ? domain : `${returnPath}.${domain}`], { ask, judge: judgeSpf }),
    first([`${selector}._domainkey.${domain}`], { ask, judge: judgeDkim }),
    first(
      withParents(domain).map((name) => `_dmarc.${name}`),
      { ask, judge: judgeDmarc },
    ),
  ]);
  return { domain, spf, dkim, dmarc };
}

type Judged = { state: "found" | "wrong"; text: string } | { state: "missing" };
type Judge = (texts: readonly string[]) => Judged;

/** The first name at which a record of the kind stands, asked all at once; one that cannot be asked ends the search. */
async function first(
  names: readonly string[],
  { ask, judge }: { ask: LookUp; judge: Judge },
): Promise<RecordState> {
  const states = await Promise.all(
    names.map(async (name): Promise<RecordState> => {
      try {
        return { name, ...judge(await ask(name)) };
      } catch (error) {
        if (!(error instanceof NotAsked)) throw error;
        return { name, state: "unasked", why: error.why };
      }
    }),
  );
  const [own = { name: "", state: "missing" }] = states;
  return states.find(({ state }) => state !== "missing") ?? own;
}

/** A domain and those above it, which speak for it where it says nothing itself: not the last label alone, and no more than eight. */
function withParents(domain: string): string[] {
  const labels = domain.split(".");
  const most = 8;
  return labels
    .slice(0, Math.max(1, labels.length - 1))
    .flatMap((_label, index, all) =>
      index === 0 || index > all.length - most ? [labels.slice(index).join(".")] : [],
    );
}

const SPF_TERMS = [
  /^[+?~-]?all$/i,
  /^[+?~-]?include:[^\s:/]+$/i,
  /^[+?~-]?exists:\S+$/i,
  /^[+?~-]?(?:a|mx)(?::[^\s:/]+)?(?:\/\d{1,3})?(?:\/\/\d{1,3})?$/i,
  /^[+?~-]?ptr(?::[^\s:/]+)?$/i,
  /^[+?~-]?ip4:[\d.]+(?:\/\d{1,2})?$/i,
  /^[+?~-]?ip6:[\da-f:.]+(?:\/\d{1,3})?$/i,
  /^[a-z][\w.-]*=\S*$/i,
];
const ALLOWS_ALL = /^\+?all$/i;

/** RFC 7208: one record alone (4.5), each term of the grammar (12), and not one by which anybody may send. */
function judgeSpf(texts: readonly string[]): Judged {
  const records = texts.filter((text) => /^v=spf1(?: |$)/i.test(text));
  return judgeOne(records, (text) => {
    const terms = text.split(" ").slice(1).filter(Boolean);
    return terms.every((term) => SPF_TERMS.some((one) => one.test(term)) && !ALLOWS_ALL.test(term));
  });
}

/** RFC 6376, 3.6.1: a key, of a kind that is known, not taken back (an empty `p`). */
function judgeDkim(texts: readonly string[]): Judged {
  return judgeOne(texts, (text) => {
    const tags = tagsOf(text);
    if (!tags) return false;
    const [version, kind] = [tags.get("v"), tags.get("k") ?? "rsa"];
    const key = tags.get("p")?.replaceAll(/\s/g, "") ?? "";
    return (
      (version === undefined || (version === "DKIM1" && [...tags.keys()][0] === "v")) &&
      ["rsa", "ed25519"].includes(kind) &&
      /^[A-Za-z0-9+/]{40,}={0,2}$/.test(key)
    );
  });
}

/** RFC 7489, 6.3 and 6.6.3: one record alone, the version first, and what is to be done with forgeries. */
function judgeDmarc(texts: readonly string[]): Judged {
  const records = texts.filter((text) => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(text));
  return judgeOne(records, (text) =>
    /^(?:none|quarantine|reject)$/i.test(tagsOf(text)?.get("p") ?? ""),
  );
}

function judgeOne(records: readonly string[], isRight: (text: string) => boolean): Judged {
  const [only] = records;
  if (only === undefined) return { state: "missing" };
  const isFound = records.length === 1 && isRight(only);
  return { state: isFound ? "found" : "wrong", text: shown(records.join(" ⏎ ")) };
}

/** Tags as `name=value`, with semicolons between; undefined where that is not what stands there, or a name stands twice. */
function tagsOf(text: string): Map<string, string> | undefined {
  const parts = text.split(";").map((part) => part.trim());
  if (parts.at(-1) === "") parts.pop();
  const tags = new Map<string, string>();
  for (const part of parts) {
    const [name = "", ...value] = part.split("=");
    if (value.length > 0) tags.set(name.trim(), value.join("=").trim());
  }
  return tags.size === parts.length ? tags : undefined;
}

const MOST_SHOWN = 600;
const shown = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+/gu, " ")
    .slice(0, MOST_SHOWN)
    .toWellFormed();

const KEPT_MS = 3_600_000;
const KEPT_UNASKED_MS = 60_000;

/** Asks once an hour at most, of what could not be asked once a minute, and once for all who ask meanwhile. */
export function keepSenderDomain(ask: LookUp) {
  let kept: { key: string; until: number; answer: Promise<SenderDomain> } | undefined;
  return async (sender: Sender, now: Date): Promise<SenderDomain> => {
    const key = JSON.stringify(sender);
    if (kept?.key === key && now.getTime() < kept.until) return kept.answer;
    const asked = {
      key,
      until: now.getTime() + KEPT_UNASKED_MS,
      answer: readSenderDomain(sender, ask),
    };
    kept = asked;
    const answer = await asked.answer;
    if (SENDER_RECORDS.every((record) => answer[record].state !== "unasked"))
      asked.until = now.getTime() + KEPT_MS;
    return answer;
  };
}
