import { redo, undo } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

import {
  cellsOf,
  cellSource,
  emptyRow,
  shownCell,
  withCell,
  withNewCell,
  withoutCell,
} from "./table-lines";

/** What the buttons below a table do, in the reader's words. */
export type TableWords = Record<TableAct, string> & {
  /** Names a cell by its column's head and its row. */
  cell: (column: string, row: number) => string;
};
export const TABLE_ACTS = ["addRow", "addColumn", "removeRow", "removeColumn"] as const;
type TableAct = (typeof TABLE_ACTS)[number];

/** Tables of the text as tables, whose cells are written in place. */
export function tablesAsSeen(words: TableWords): Extension {
  const field = StateField.define<DecorationSet>({
    create: (state) => draw(state, words),
    update: (drawn, { state, startState, docChanged }) =>
      docChanged || syntaxTree(state) !== syntaxTree(startState) ? draw(state, words) : drawn,
    provide: (self) => [
      EditorView.decorations.from(self),
      EditorView.atomicRanges.of((view) => view.state.field(self)),
    ],
  });
  return field;
}

function draw(state: EditorState, words: TableWords): DecorationSet {
  const drawn = [];
  for (let node = syntaxTree(state).topNode.firstChild; node; node = node.nextSibling) {
    if (node.name !== "Table") continue;
    const [from, to] = [state.doc.lineAt(node.from).from, state.doc.lineAt(node.to).to];
    const widget = new Table(state.sliceDoc(from, to), words);
    drawn.push(Decoration.replace({ widget, block: true }).range(from, to));
  }
  return Decoration.set(drawn);
}

/** A place in a table; the head is row 0, the rules below it are no row. */
type Place = { row: number; column: number };

const lineOf = (row: number): number => (row === 0 ? 0 : row + 1);
const rowsOf = (source: string): string[] => source.split("\n").filter((_, index) => index !== 1);

class Table extends WidgetType {
  constructor(
    readonly source: string,
    readonly words: TableWords,
  ) {
    super();
  }

  override eq(other: Table): boolean {
    return other.source === this.source;
  }

  override ignoreEvent(): boolean {
    return true;
  }

  override get estimatedHeight(): number {
    return rowsOf(this.source).length * 34 + 50;
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = make("div", "md-table");
    const table = new TableBox(view, box, this.words);
    BOXES.set(box, table);
    table.show(this.source);
    return box;
  }

  override updateDOM(box: HTMLElement): boolean {
    BOXES.get(box)?.show(this.source);
    return true;
  }
}

const BOXES = new WeakMap<HTMLElement, TableBox>();

/** A table on the screen; where it stands in the text is asked anew at every change. */
class TableBox {
  private grid: HTMLElement[][] = [];
  /** Where the cursor is, or was last. */
  private place: Place = { row: 0, column: 0 };

  constructor(
    private readonly view: EditorView,
    private readonly box: HTMLElement,
    private readonly words: TableWords,
  ) {}

  /** What stands there already stays, the cell in which somebody writes above all. */
  show(source: string): void {
    const rows = rowsOf(source).map((line) =>
      cellsOf(line).map(({ from, to }) => shownCell(line.slice(from, to))),
    );
    const head = rows[0] ?? [];
    if (this.grid.length !== rows.length || this.grid[0]?.length !== head.length)
      this.build(rows.length, head.length);
    for (const [row, cells] of this.grid.entries())
      for (const [column, cell] of cells.entries()) {
        cell.ariaLabel = this.words.cell(head[column] ?? "", row);
        showIn(cell, rows[row]?.[column] ?? "");
      }
  }

  private build(rows: number, width: number): void {
    const hadFocus = this.box.contains(document.activeElement);
    const table = make("table", "");
    this.grid = Array.from({ length: rows }, (_, row) => {
      const line = table.appendChild(make("tr", ""));
      return Array.from({ length: width }, (__, column) => {
        const cell = make("div", "md-cell");
        line.appendChild(make(row === 0 ? "th" : "td", "")).append(cell);
        this.listen(cell, { row, column });
        return cell;
      });
    });
    const scroller = make("div", "md-table-scroller");
    scroller.append(table);
    this.box.replaceChildren(scroller, this.buttons());
    this.view.requestMeasure();
    if (hadFocus) this.focus(this.place);
  }

  private listen(cell: HTMLElement, place: Place): void {
    cell.contentEditable = "plaintext-only";
    cell.role = "textbox";
    cell.spellcheck = false;
    cell.addEventListener("focus", () => {
      this.place = place;
      const source = cell.dataset.source ?? "";
      if (cell.textContent !== source) cell.textContent = source;
    });
    cell.addEventListener("blur", () => fill(cell, cell.dataset.source ?? ""));
    cell.addEventListener("input", () => {
      cell.dataset.source = cell.innerText.replace(/\n$/, "");
      this.write(place, cell.dataset.source);
    });
    cell.addEventListener("keydown", (event) => this.onKey(event, place));
  }

  private onKey(event: KeyboardEvent, { row, column }: Place): void {
    const turn = (command: typeof undo) => () => {
      this.grid[row]?.[column]?.blur();
      command(this.view);
      this.focus({ row, column });
    };
    const acts: Record<string, () => unknown> = {
      "alt ArrowDown": () => this.focus({ row: row + 1, column }),
      "alt ArrowUp": () => this.focus({ row: row - 1, column }),
      // The browser would choose the text around the table as well.
      "mod a": () => document.getSelection()?.selectAllChildren(event.target as HTMLElement),
      "mod b": () => boldInCell(),
      "mod z": turn(undo),
      "mod shift z": turn(redo),
      "mod y": turn(redo),
    };
    const act = acts[pressed(event)];
    if (!act) return;
    act();
    event.preventDefault();
  }

  private focus({ row, column }: Place): void {
    const line = this.grid[Math.max(0, Math.min(row, this.grid.length - 1))];
    line?.[Math.max(0, Math.min(column, line.length - 1))]?.focus();
  }

  private write({ row, column }: Place, shown: string): void {
    this.change((lines) => {
      const at = lineOf(row);
      const line = lines[at];
      if (line !== undefined) lines[at] = withCell(line, column, cellSource(shown));
    });
  }

  private buttons(): HTMLElement {
    const bar = make("div", "md-table-bar");
    for (const act of TABLE_ACTS) {
      const button = make("button", "");
      button.type = "button";
      button.textContent = this.words[act];
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => this.act(act));
      bar.append(button);
    }
    return bar;
  }

  private act(act: TableAct): void {
    const { row, column } = this.place;
    const width = this.grid[0]?.length ?? 1;
    this.change((lines) => {
      if (act === "addRow") lines.splice(lineOf(row) + (row === 0 ? 2 : 1), 0, emptyRow(width));
      else if (act === "removeRow" && row > 0) lines.splice(lineOf(row), 1);
      else if (act === "addColumn")
        lines.forEach((line, at) => (lines[at] = withNewCell(line, column, at === 1 ? "---" : "")));
      else if (act === "removeColumn" && width > 1)
        lines.forEach((line, at) => (lines[at] = withoutCell(line, column)));
    });
    const isRow = act === "addRow" ? 1 : 0;
    this.focus({ row: row + isRow, column: column + (act === "addColumn" ? 1 : 0) });
  }

  /** Only the lines that have changed are written. */
  private change(edit: (lines: string[]) => void): void {
    const { doc } = this.view.state;
    const first = doc.lineAt(this.view.posAtDOM(this.box));
    let last = first.number;
    while (last < doc.lines && isRowOfTable(doc.line(last + 1).text)) last += 1;
    const to = doc.line(last).to;
    const before = doc.sliceString(first.from, to);
    const lines = before.split("\n");
    edit(lines);
    const after = lines.join("\n");
    if (after === before) return;
    const start = sharedStart(before, after);
    const end = sharedEnd(before.slice(start), after.slice(start));
    this.view.dispatch({
      changes: {
        from: first.from + start,
        to: to - end,
        insert: after.slice(start, after.length - end),
      },
      userEvent: "input",
    });
  }
}

/** A table goes on until a blank line or another block begins (GFM, 4.10). */
const isRowOfTable = (line: string): boolean =>
  line.trim() !== "" && !/^ {0,3}(?:#{1,6} |>|[-*+] |\d{1,9}[.)] |`{3}|~{3})/.test(line);

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function sharedEnd(a: string, b: string): number {
  let at = 0;
  while (at < Math.min(a.length, b.length) && a.at(-1 - at) === b.at(-1 - at)) at += 1;
  return at;
}

/** "mod shift z", "alt ArrowUp": capital letters are those of the shift key or of Caps Lock alike. */
function pressed({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const isMod = ctrlKey || metaKey;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return [isMod && "mod", altKey && "alt", shiftKey && "shift", name].filter(Boolean).join(" ");
}

/** What somebody is writing in stays as it is. */
function showIn(cell: HTMLElement, source: string): void {
  if (cell !== document.activeElement && cell.dataset.source !== source) fill(cell, source);
}

/** A cell that nobody is writing in shows its bold as bold. */
function fill(cell: HTMLElement, source: string): void {
  cell.dataset.source = source;
  const parts = source.split(/\*\*(?=\S)([^*]+?)\*\*/);
  cell.replaceChildren(
    ...parts.map((part, index) => {
      if (index % 2 === 0) return document.createTextNode(part);
      const strong = make("strong", "");
      strong.textContent = part;
      return strong;
    }),
  );
}

/** Bold around what is selected in a cell. @returns false where no cell is being written */
export function boldInCell(wrap = (words: string) => `**${words}**`): boolean {
  if (!document.activeElement?.classList.contains("md-cell")) return false;
  const words = document.getSelection()?.toString() ?? "";
  // The one way that leaves the browser's own undo and composition as they are.
  document.execCommand("insertText", false, wrap(words));
  return true;
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}
