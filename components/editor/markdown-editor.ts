import { defaultKeymap, history, historyKeymap, redo, undo } from "@codemirror/commands";
import { defineLanguageFacet, Language, languageDataProp } from "@codemirror/language";
import { Compartment, EditorSelection, EditorState, Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { GFM, parser } from "@lezer/markdown";

import { signsOf } from "./signs";
import { boldInCell, tablesAsSeen, type TableWords } from "./tables";
import { THEME } from "./theme";

export type EditorWords = { table: TableWords; sensitive: string; newTable: string };

type Opening = { area: HTMLTextAreaElement; parent: HTMLElement; labelledBy: string } & {
  words: EditorWords;
};

/** GFM by its grammar alone: the languages of code blocks would be most of the script. */
const facet = defineLanguageFacet();
const MARKDOWN = new Language(
  facet,
  parser.configure([GFM, { props: [languageDataProp.add({ Document: facet })] }]),
);

/** What the buttons of the bar do; `heading` with how deep, 0 for none. */
export type Act =
  | { act: "bold" | "sensitive" | "list" | "numbers" | "link" | "table" | "undo" | "redo" }
  | { act: "heading"; depth: number }
  | { act: "source"; shown: boolean };

export type Editor = {
  run: (act: Act) => void;
  close: () => void;
  /** Says, whenever it is scrolled, what share of all letters stands above. @returns what ends it */
  onScroll: (listen: (share: number) => void) => () => void;
};

/**
 * An editor over a text area, which stays the field of its form: what is written goes into it at
 * once, and what a script puts there is shown. Nothing is written that nobody typed.
 */
export function openEditor({ area, parent, labelledBy, words }: Opening): Editor {
  const tables = new Compartment();
  const seen = tablesAsSeen(words.table);
  let isOwn = false;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: area.value,
      selection: { anchor: area.selectionStart, head: area.selectionEnd },
      extensions: [
        history(),
        MARKDOWN,
        THEME,
        EditorView.lineWrapping,
        tables.of(seen),
        keymap.of([
          { key: "Mod-b", run: () => bold(view, (chosen) => `**${chosen}**`) },
          { key: "Mod-k", run: () => link(view) },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({
          "aria-labelledby": labelledBy,
          "aria-required": String(area.required),
          spellcheck: "false",
          ...(area.lang && { lang: area.lang }),
        }),
        EditorView.domEventHandlers({ paste: (event) => paste(view, event) }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (!docChanged) return;
          isOwn = true;
          area.value = state.doc.toString();
          area.dispatchEvent(new Event("input", { bubbles: true }));
          isOwn = false;
        }),
      ],
    }),
  });

  const take = () => {
    const text = area.value;
    if (isOwn || text === view.state.doc.toString()) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      annotations: Transaction.addToHistory.of(false),
    });
  };
  const afterReset = () => setTimeout(take);
  const handOver = () => view.focus();
  // Whoever has begun to write before the script was there writes on.
  if (document.activeElement === area) view.focus();
  area.addEventListener("input", take);
  area.addEventListener("focus", handOver);
  area.form?.addEventListener("reset", afterReset);

  return {
    run: (wish) => {
      if (wish.act === "source")
        view.dispatch({ effects: tables.reconfigure(wish.shown ? [] : seen) });
      else run(view, wish, words);
    },
    onScroll: (listen) => {
      let frame = 0;
      const tell = () => {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => listen(shareAbove(view)));
      };
      view.scrollDOM.addEventListener("scroll", tell);
      return () => {
        cancelAnimationFrame(frame);
        view.scrollDOM.removeEventListener("scroll", tell);
      };
    },
    close: () => {
      area.removeEventListener("input", take);
      area.removeEventListener("focus", handOver);
      area.form?.removeEventListener("reset", afterReset);
      view.destroy();
    },
  };
}

function shareAbove(view: EditorView): number {
  const { doc } = view.state;
  const { from } = view.lineBlockAtHeight(view.scrollDOM.scrollTop);
  return signsOf(doc.sliceString(0, from)) / Math.max(1, signsOf(doc.toString()));
}

function run(view: EditorView, wish: Exclude<Act, { act: "source" }>, words: EditorWords): void {
  switch (wish.act) {
    case "bold":
    case "sensitive": {
      const mark = wish.act === "sensitive" ? words.sensitive : "";
      const wrap = (chosen: string) => `**${chosen}${mark}**`;
      if (!boldInCell(wrap)) bold(view, wrap);
      return;
    }
    case "link":
      link(view);
      break;
    case "heading":
      lead(view, /^#{1,6} +/, wish.depth === 0 ? "" : `${"#".repeat(wish.depth)} `);
      break;
    case "list":
      lead(view, /^(?:[-*+]|\d+[.)]) +/, "- ");
      break;
    case "numbers":
      lead(view, /^(?:[-*+]|\d+[.)]) +/, (index) => `${index + 1}. `);
      break;
    case "table":
      insertBlock(view, words.newTable);
      break;
    case "undo":
      undo(view);
      break;
    case "redo":
      redo(view);
  }
  view.focus();
}

/** What is chosen in bold, or no longer; the cursor between the marks where nothing is. */
function bold(view: EditorView, wrap: (chosen: string) => string): boolean {
  view.dispatch(
    view.state.changeByRange((range) => {
      const chosen = view.state.sliceDoc(range.from, range.to);
      const isBold = /^\*\*[^*]+\*\*$/.test(chosen);
      const insert = isBold ? chosen.slice(2, -2) : wrap(chosen);
      const at = range.from + (chosen ? insert.length : 2);
      return {
        changes: { from: range.from, to: range.to, insert },
        range: chosen ? EditorSelection.range(range.from, at) : EditorSelection.cursor(at),
      };
    }),
  );
  view.focus();
  return true;
}

function link(view: EditorView): boolean {
  const { from, to } = view.state.selection.main;
  const chosen = view.state.sliceDoc(from, to);
  const at = from + 1 + chosen.length + 2;
  view.dispatch({
    changes: { from, to, insert: `[${chosen}](https://)` },
    selection: { anchor: chosen ? at : from + 1, head: chosen ? at + 8 : from + 1 },
  });
  return true;
}

/** What each chosen line begins with, in the place of what it began with; the same again takes it away. */
function lead(view: EditorView, had: RegExp, mark: string | ((index: number) => string)): void {
  const { doc, selection } = view.state;
  const { from, to } = selection.main;
  const lines = [];
  for (let at = doc.lineAt(from).number; at <= doc.lineAt(to).number; at += 1)
    lines.push(doc.line(at));
  const wanted = (index: number) => (typeof mark === "string" ? mark : mark(index));
  const marks = lines.map(({ text }) => had.exec(text)?.[0] ?? "");
  const isOn = marks.every((one, index) => one === wanted(index) && one !== "");
  view.dispatch({
    changes: lines.map((line, index) => ({
      from: line.from,
      to: line.from + (marks[index]?.length ?? 0),
      insert: isOn ? "" : wanted(index),
    })),
  });
}

/** A block between blank lines, where the cursor is. */
function insertBlock(view: EditorView, block: string): void {
  const { doc, selection } = view.state;
  const { from, to } = selection.main;
  const [first, last] = [doc.lineAt(from), doc.lineAt(to)];
  const before = doc.sliceString(0, from);
  const after = doc.sliceString(to);
  const lead = before === "" || before.endsWith("\n\n") ? "" : from === first.from ? "\n" : "\n\n";
  const tail = after.startsWith("\n\n") ? "" : to === last.to ? "\n" : "\n\n";
  view.dispatch({
    changes: { from, to, insert: `${lead}${block}${tail}` },
    selection: { anchor: from + lead.length + block.length + tail.length },
    userEvent: "input.paste",
  });
}

/**
 * What was copied from a page or from Word comes as Markdown; anything else as it is. The script that
 * reads it comes with the first paste.
 */
function paste(view: EditorView, event: ClipboardEvent): boolean {
  const html = event.clipboardData?.getData("text/html");
  const plain = event.clipboardData?.getData("text/plain") ?? "";
  if (!html) return false;
  event.preventDefault();
  import("@/text/paste-markdown").then(
    ({ markdownOfPaste }) => insert(view, markdownOfPaste(html) ?? plain),
    () => insert(view, plain),
  );
  return true;
}

function insert(view: EditorView, text: string): void {
  if (text.includes("\n") || /^[#|-]/.test(text)) insertBlock(view, text);
  else view.dispatch(view.state.replaceSelection(text));
}
