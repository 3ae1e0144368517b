import fc from "fast-check";
import { expect, test } from "vitest";

import type { Clause } from "./clauses";
import { clauseText } from "./clauses";
import { comparePolicies, type DiffEntry } from "./diff";
import { parsePolicyText } from "./parse-text";
import { inlineText } from "./visible-text";
import type { Segment } from "./word-diff";

/**
 * Changes are planted in a text of clauses made by chance, in the phrases of such texts, and each is to be
 * found as what it is and nothing else. `PLANTED=20000 npm run test:unit diff-planted` looks longer.
 */
const RUNS = Number(process.env.PLANTED ?? "15");
const SEED = 20_261_129;

const DATA =
  "设备型号 系统版本 网络状态 崩溃日志 通讯录 短信内容 地理位置 相册照片 麦克风录音 蓝牙信号 应用列表 支付记录 浏览历史 语音消息 头像昵称 手机号码 邮箱地址 身份证件 人脸特征 步数记录".split(
    " ",
  );
const PURPOSES =
  "保障连接稳定 定位故障 离线推送 统计日活 风险控制 账号找回 内容审核 广告衡量 客服回访 性能优化 版本升级 数据备份".split(
    " ",
  );
const TERMS = "六个月 三十天 一年 两周 九十天 账号存续期 法定期限 七个工作日".split(" ");
const FRAMES: ((data: string, purpose: string, term: string) => string)[] = [
  (data, purpose, term) => `我们会收集${data}，用于${purpose}；相关信息保存${term}，到期后删除。`,
  (data, purpose, term) =>
    `为了${purpose}，开发者应当告知最终用户${data}的处理方式；期限不超过${term}。`,
  (data, purpose, term) =>
    `${data}只在${purpose}所必需的范围内使用；超过${term}未使用的，应当匿名化处理。`,
  (data, purpose, term) =>
    `未经单独同意，不得向第三方提供${data}；因${purpose}确需提供的，应当在${term}内告知。`,
];

/** Clauses no two of which speak of the same data for the same purpose. */
const clauses = fc
  .uniqueArray(
    fc.record({
      frame: fc.nat(FRAMES.length - 1),
      data: fc.nat(DATA.length - 1),
      purpose: fc.nat(PURPOSES.length - 1),
      term: fc.nat(TERMS.length - 1),
    }),
    { minLength: 14, maxLength: 18, selector: ({ data }) => data },
  )
  .map((all) =>
    all.map(
      ({ frame, data, purpose, term }) =>
        (FRAMES[frame] ?? FRAMES[0])?.(
          DATA[data] ?? "",
          PURPOSES[purpose] ?? "",
          TERMS[term] ?? "",
        ) ?? "",
    ),
  );

const compare = (before: string[], after: string[]) =>
  comparePolicies(parsePolicyText(before.join("\n\n")), parsePolicyText(after.join("\n\n")));

const NONE = {
  added: 0,
  removed: 0,
  changed: 0,
  relinked: 0,
  restyled: 0,
  moved: 0,
  split: 0,
  merged: 0,
  renumbered: 0,
};

/** The words that came and went. */
const edits = (segments: Segment[]) =>
  segments
    .filter(({ kind }) => kind !== "same")
    .map(({ kind, inlines }) => `${kind} ${inlineText(inlines)}`);
const found = <Kind extends DiffEntry["kind"]>(entries: DiffEntry[], kind: Kind) =>
  entries.filter((entry): entry is Extract<DiffEntry, { kind: Kind }> => entry.kind === kind);
const textOf = (clause: Clause) => clauseText(clause);
const marked = ({ change }: Extract<DiffEntry, { kind: "moved" }>) =>
  change?.kind === "text" ? change.segments : [];

function hold<Input>(arbitrary: fc.Arbitrary<Input>, check: (input: Input) => void): void {
  fc.assert(fc.property(arbitrary, check), { numRuns: RUNS, seed: SEED });
}

/** Too far for its neighbours to have moved instead. */
const FAR = 3;

test("a clause that moved and was reworded is that one move with that edit", () => {
  hold(fc.record({ all: clauses, from: fc.nat(99), by: fc.nat(99) }), ({ all, from, by }) => {
    const at = from % all.length;
    const rest = all.toSpliced(at, 1);
    const places = [...rest.keys(), rest.length].filter((place) => Math.abs(place - at) >= FAR);
    const moved = (all[at] ?? "").replace("应当", "必须").replace("相关信息", "上述信息");
    const after = rest.toSpliced(places[by % places.length] ?? 0, 0, moved);

    const { counts, entries } = compare(all, after);
    expect(counts).toEqual({ ...NONE, moved: 1 });
    const [entry] = found(entries, "moved");
    expect(entry && [textOf(entry.before), textOf(entry.after)]).toEqual([all[at], moved]);
    const segments = entry?.change?.kind === "text" ? entry.change.segments : [];
    expect(
      edits(segments)
        .join()
        .replaceAll(/ins |del /g, ""),
    ).toMatch(/^(?:应当在?,必须在?|相关(?:信息)?,上述(?:信息)?|)$/);
  });
});

test("a paragraph cut in two is one split, no word of it marked", () => {
  hold(fc.record({ all: clauses, from: fc.nat(99) }), ({ all, from }) => {
    const at = from % all.length;
    const pieces = (all[at] ?? "").split(/(?<=；)/);
    const { counts, entries } = compare(all, all.toSpliced(at, 1, ...pieces));
    expect(counts).toEqual({ ...NONE, split: 1 });
    expect(found(entries, "split")[0]?.after.map(textOf)).toEqual(pieces);
    expect(edits(found(entries, "split").flatMap(({ parts }) => parts.flat()))).toEqual([]);
  });
});

test("two paragraphs put together are one merging, no word of them marked", () => {
  hold(fc.record({ all: clauses, from: fc.nat(99) }), ({ all, from }) => {
    const at = from % (all.length - 1);
    const pieces = all.slice(at, at + 2);
    const { counts, entries } = compare(all, all.toSpliced(at, 2, pieces.join("")));
    expect(counts).toEqual({ ...NONE, merged: 1 });
    expect(found(entries, "merged")[0]?.before.map(textOf)).toEqual(pieces);
    expect(edits(found(entries, "merged").flatMap(({ parts }) => parts.flat()))).toEqual([]);
  });
});

test("a list sorted anew pairs every item with itself, edits and all", () => {
  const input = clauses.chain((all) =>
    fc.record({
      all: fc.constant(all),
      order: fc.shuffledSubarray([...all.keys()], { minLength: all.length }),
      edited: fc.subarray([...all.keys()], { maxLength: 5 }),
    }),
  );
  hold(input, ({ all, order, edited }) => {
    const reworded = all.map((one, index) =>
      edited.includes(index) ? one.replace("应当", "必须").replace("会收集", "会记录") : one,
    );
    const items = (some: string[]) => some.map((one, index) => `${index + 1}. ${one}`);
    const { counts, entries } = compare(
      items(all),
      items(order.map((index) => reworded[index] ?? "")),
    );
    expect(counts).toMatchObject({ added: 0, removed: 0, split: 0, merged: 0 });
    for (const entry of entries) {
      if (!("before" in entry) || !("after" in entry)) continue;
      const [before] = [entry.before].flat().map(textOf);
      const [after] = [entry.after].flat().map(textOf);
      expect(after).toBe(reworded[all.indexOf(before ?? "")]);
    }
  });
});

test("a link that leads elsewhere, and bold that came or went, are that alone and no other words", () => {
  hold(fc.record({ all: clauses, from: fc.nat(99), to: fc.nat(98) }), ({ all, from, to }) => {
    const at = from % all.length;
    const other = (at + 1 + (to % (all.length - 1))) % all.length;
    const marked = (one: string, mark: (words: string) => string) =>
      one.replace(/^.{2,4}(?=[一-鿿])/, mark);
    const before = all
      .with(
        at,
        marked(all[at] ?? "", (words) => `[${words}](https://a.example)`),
      )
      .with(
        other,
        marked(all[other] ?? "", (words) => `**${words}**`),
      );
    const after = before
      .with(at, (before[at] ?? "").replace("a.example", "b.example"))
      .with(other, all[other] ?? "");

    const { counts, entries } = compare(before, after);
    expect(counts).toEqual({ ...NONE, relinked: 1, restyled: 1 });
    const natures = found(entries, "changed").map(({ nature }) => nature);
    expect(natures.toSorted()).toEqual(["emphasis", "link"]);
  });
});

test("a clause taken up by another that moved: two moves, and no word came or went", () => {
  const input = fc.record({ all: clauses, from: fc.nat(99), by: fc.nat(99), first: fc.boolean() });
  hold(input, ({ all, from, by, first }) => {
    const half = Math.floor(all.length / 2);
    const [taken, mover] = [from % half, half + (by % (all.length - half))];
    const rest = all.filter((_, index) => index !== taken && index !== mover);
    // Away from both, so that it is no merging at either's place.
    const place = mover - 1 - (half - 1) >= FAR ? half - 1 : rest.length;
    fc.pre(Math.abs(place - (mover - 1)) >= FAR && place - taken >= FAR);
    const one = (first ? [taken, mover] : [mover, taken]).map((index) => all[index]).join("");

    const { counts, entries } = compare(all, rest.toSpliced(place, 0, one));
    expect(counts).toEqual({ ...NONE, moved: 2 });
    const [moved] = found(entries, "moved").filter(({ at }) => at === "new");
    expect(moved && edits(marked(moved).filter((part) => !("isElsewhere" in part)))).toEqual([]);
    const [other] = found(entries, "removed");
    expect(other?.segments?.every((part) => "isElsewhere" in part)).toBe(true);
    expect(other?.others?.map(({ entry }) => entries[entry])).toEqual([moved]);
  });
});

test("several at once: each is found beside the others", () => {
  hold(fc.record({ all: clauses, seed: fc.nat(999) }), ({ all, seed }) => {
    // Places of their own, so that what is planted stays what it is.
    const [split, merge, edit, add, move] = [1, 4, 7, 9, 12];
    const pieces = (all[split] ?? "").split(/(?<=；)/);
    const plan = all.flatMap((one, index) => {
      if (index === split) return pieces;
      if (index === merge) return [one + (all[merge + 1] ?? "")];
      if (index === merge + 1 || index === move) return [];
      if (index === edit) return [one.replace("；", "，并且")];
      if (index === add) return [one, `本条第${seed}款为新近增加，与其他各条没有任何相同之处。`];
      return [one];
    });
    const { counts } = compare(all, [all[move] ?? "", ...plan]);
    expect(counts).toEqual({ ...NONE, split: 1, merged: 1, changed: 1, added: 1, moved: 1 });
  });
});
