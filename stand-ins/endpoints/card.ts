import { z } from "zod";

/** What people in a group see of a card, read as its robot's documentation says (README.md beside this). */
export type ShownCard = {
  /** The words, without what was syntax. */
  words: string;
  /** Whom it calls; "all" is everybody. */
  calls: string[];
  /** Where its links, pictures and buttons lead. */
  leadsTo: string[];
};

const written = z.object({ tag: z.string(), content: z.string() });
const wecomBody = z.object({ markdown: z.object({ content: z.string() }) });
const feishuBody = z.object({
  card: z.object({
    header: z.object({ title: written }),
    elements: z.array(
      z.union([
        z.object({ actions: z.array(z.object({ url: z.string() })) }),
        z.object({ text: written }).transform(({ text }) => text),
        written,
      ]),
    ),
  }),
});
const dingtalkBody = z.object({
  actionCard: z.object({ title: z.string(), text: z.string(), singleURL: z.string() }),
  at: z
    .object({ isAtAll: z.boolean(), atMobiles: z.array(z.string()) })
    .partial()
    .optional(),
});

const READERS: readonly [RegExp, (body: unknown) => ShownCard][] = [
  [/^\/cgi-bin\/webhook\/send$/, (body) => markdown(wecomBody.parse(body).markdown.content)],
  [/^\/open-apis\/bot\/v2\/hook\//, (body) => feishuCard(feishuBody.parse(body))],
  [/^\/robot\/send$/, (body) => dingtalkCard(dingtalkBody.parse(body))],
];

/** Null of what is no robot's, and of what no robot takes. */
export function cardIn(path: string, body: string): ShownCard | null {
  const read = READERS.find(([at]) => at.test(path))?.[1];
  if (!read) return null;
  try {
    return read(JSON.parse(body));
  } catch {
    return null;
  }
}

/** Only `markdown` and `lark_md` read syntax; `plain_text` is shown as it stands. */
function feishuCard({ card: { header, elements } }: z.output<typeof feishuBody>): ShownCard {
  const shown = ({ tag, content }: z.output<typeof written>) =>
    tag === "plain_text" ? plain(content) : markdown(content);
  return joined([
    shown(header.title),
    ...elements.map((one) =>
      "actions" in one ? leading(one.actions.map(({ url }) => url)) : shown(one),
    ),
  ]);
}

/** Its `at` calls people, whatever the text says; the button leads where `singleURL` says. */
function dingtalkCard({ actionCard, at }: z.output<typeof dingtalkBody>): ShownCard {
  const { title, text, singleURL } = actionCard;
  const calls = [...(at?.isAtAll ? ["all"] : []), ...(at?.atMobiles ?? [])];
  return joined([plain(title), markdown(text), { ...leading([singleURL]), calls }]);
}

const leading = (leadsTo: string[]): ShownCard => ({ words: "", calls: [], leadsTo });
const plain = (words: string): ShownCard => ({ words, calls: [], leadsTo: [] });

const joined = (all: readonly ShownCard[]): ShownCard => ({
  words: all.map(({ words }) => words).join("\n"),
  calls: all.flatMap(({ calls }) => calls),
  leadsTo: all.flatMap(({ leadsTo }) => leadsTo),
});

/** All the syntax that any of the three reads, so that none of it is let through to one of them. */
function markdown(source: string): ShownCard {
  const [calls, leadsTo]: [string[], string[]] = [[], []];
  const noted = (list: string[], of: string, shown: string) => {
    list.push(of);
    return shown;
  };
  const words = source
    .replaceAll(/&(?:#(\d+)|lt|gt|amp);/g, (entity, code: string | undefined) =>
      code ? String.fromCharCode(Number(code)) : ({ "&lt;": "‹", "&gt;": "›" }[entity] ?? "＆"),
    )
    .replaceAll(/<at (?:id|user_id|ids|email)="?([^">]*)"?>(?:<\/at>)?/g, (_, who: string) =>
      noted(calls, who, ""),
    )
    .replaceAll(/<@([^>]*)>/g, (_, who: string) => noted(calls, who, ""))
    .replaceAll(/!?\[([^\]]*)\]\(([^)]*)\)/g, (_, label: string, url: string) =>
      noted(leadsTo, url, label),
    )
    .replaceAll(/<a [^>]*href="?([^">]*)"?[^>]*>/g, (_, url: string) => noted(leadsTo, url, ""))
    .replaceAll(/<\/?[a-z][^>]*>/gi, "")
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/g, "")
    .replaceAll(/\*+|~~+|`+|(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu, "")
    .replaceAll(/^[ \t]*(?:#+|>+)[ \t]*/gm, "")
    .replaceAll(/^[ \t]*(?:-{3,}|=+)[ \t]*$/gm, "");
  return { words, calls, leadsTo };
}
