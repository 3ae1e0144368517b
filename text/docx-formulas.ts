import { childOf, childrenOf, elementsOf } from "./docx-xml";

/** A formula of Word's (Office Math) on one line: a/b, x^2, √(x), ∑_(i=1)^n. */
export function formulaText(element: Element): string {
  const part = (name: string) => textOf(childOf(element, name));
  switch (element.localName) {
    case "t":
      return element.textContent ?? "";
    case "f":
      return `${grouped(part("num"))}/${grouped(part("den"))}`;
    case "sSup":
      return `${grouped(part("e"))}^${grouped(part("sup"))}`;
    case "sSub":
      return `${grouped(part("e"))}_${grouped(part("sub"))}`;
    case "sSubSup":
      return `${grouped(part("e"))}_${grouped(part("sub"))}^${grouped(part("sup"))}`;
    case "rad":
      return `${raised(part("deg"))}√${grouped(part("e"))}`;
    case "nary":
      return `${signOf(element, "chr", "∫")}${lowered(part("sub"))}${raised(part("sup"))} ${part("e")}`;
    case "d":
      return delimited(element);
    case "m":
      return rows(element, "mr");
    case "eqArr":
      return rows(element, "e");
    default:
      return textOf(element);
  }
}

function textOf(element: Element | null): string {
  return childrenOf(element).map(formulaText).join("");
}

/** "(" "a; b" ")" as the formula itself says, round and with "|" between where it does not. */
function delimited(element: Element): string {
  const parts = childrenOf(element).filter(({ localName }) => localName === "e");
  const between = signOf(element, "sepChr", "|");
  return `${signOf(element, "begChr", "(")}${parts.map(textOf).join(between)}${signOf(element, "endChr", ")")}`;
}

function rows(element: Element, name: string): string {
  const lines = childrenOf(element).filter(({ localName }) => localName === name);
  return lines
    .map((line) => (name === "mr" ? childrenOf(line).map(textOf).join(", ") : textOf(line)))
    .join("; ");
}

function signOf(element: Element, name: string, usual: string): string {
  const [sign] = elementsOf(element, name);
  return sign?.getAttribute(sign.prefix ? `${sign.prefix}:val` : "val") ?? usual;
}

function grouped(text: string): string {
  return Array.from(text).length > 1 && !/^[\p{L}\p{N}.]+$/u.test(text) ? `(${text})` : text;
}

function raised(text: string): string {
  return text && `^${grouped(text)}`;
}

function lowered(text: string): string {
  return text && `_${grouped(text)}`;
}
