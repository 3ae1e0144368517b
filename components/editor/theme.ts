import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/**
 * How a text looks while it is written: Markdown's marks step back, what they mark is as readers see
 * it. By the editor's own style sheet, which comes after every layer of ours.
 */
export const THEME = [
  EditorView.theme({
    "&": {
      height: "27rem",
      minHeight: "12rem",
      resize: "vertical",
      overflow: "hidden",
      backgroundColor: "var(--raised)",
      color: "var(--ink)",
      border: "1px solid var(--line-control)",
      borderRadius: "0 0 6px 6px",
    },
    "&.cm-focused, &:focus-within": { outline: "2px solid var(--focus)", outlineOffset: "-1px" },
    ".cm-scroller": { fontFamily: "inherit", fontSize: "inherit", lineHeight: "1.7" },
    ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
    ".cm-line": { padding: "0 12px" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".md-h1": { fontSize: "1.25em", fontWeight: "700" },
    ".md-h2": { fontSize: "1.15em", fontWeight: "700" },
    ".md-h3": { fontWeight: "700" },
    ".md-strong": { fontWeight: "700" },
    ".md-em": { fontStyle: "italic" },
    ".md-struck": { textDecoration: "line-through" },
    ".md-link": { color: "var(--link)" },
    ".md-mark": { color: "var(--ink-muted)", fontWeight: "400" },
    ".md-table": { padding: "4px 12px 8px" },
    ".md-table-scroller": { overflowX: "auto" },
    ".md-table table": { borderCollapse: "collapse", minWidth: "100%" },
    ".md-table th, .md-table td": {
      border: "1px solid var(--line-strong)",
      padding: "0",
      minWidth: "5rem",
      verticalAlign: "top",
      textAlign: "left",
      fontWeight: "inherit",
    },
    ".md-table th": { backgroundColor: "var(--sunken)", fontWeight: "600" },
    ".md-cell": { padding: "4px 8px", minHeight: "1.7em", whiteSpace: "pre-wrap" },
    ".md-cell:focus": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
    ".md-cell strong": { fontWeight: "700" },
    ".md-table-bar": { display: "flex", flexWrap: "wrap", gap: "4px", paddingTop: "4px" },
    ".md-table-bar button": {
      minHeight: "28px",
      padding: "0 8px",
      border: "1px solid transparent",
      borderRadius: "6px",
      color: "var(--link)",
      fontSize: "var(--t-small)",
      cursor: "pointer",
    },
    ".md-table-bar button:hover": { backgroundColor: "var(--hover)" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.heading1, class: "md-h1" },
      { tag: tags.heading2, class: "md-h2" },
      {
        tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6],
        class: "md-h3",
      },
      { tag: tags.strong, class: "md-strong" },
      { tag: tags.emphasis, class: "md-em" },
      { tag: tags.strikethrough, class: "md-struck" },
      { tag: tags.link, class: "md-link" },
      { tag: [tags.url, tags.processingInstruction, tags.contentSeparator], class: "md-mark" },
    ]),
  ),
];
