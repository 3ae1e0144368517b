import type { InboxState } from "@/server/api-operations";

import { type Language, type Words } from "./words";

type Attribute = string | boolean;
type Children = readonly (Node | string | null)[];

/** What all parts are shown by. */
export type Setting = {
  t: Words;
  language: Language;
  /** Only addresses of the portal are linked, whatever an answer says. */
  inPortal: (href: string) => string;
};

type Popup = NonNullable<InboxState["popup"]>;

/** An element with its attributes and children; texts are texts, never markup. */
function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, Attribute>,
  children: Children = [],
): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) node.setAttribute(key, value === true ? "" : value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** `data-part` is by what the focus comes back once all is shown anew. */
function button(
  attributes: Record<string, Attribute>,
  children: Children,
  act: () => void,
): HTMLButtonElement {
  const node = make("button", { type: "button", ...attributes }, children);
  node.addEventListener("click", act);
  return node;
}

/** A link into the portal, in a page of its own: the console stays as it is. */
const link = (href: string, attributes: Record<string, Attribute>, children: Children) =>
  make("a", { href, target: "_blank", rel: "noopener", ...attributes }, children);

export function bellButton(
  t: Words,
  { unread, isOpen }: { unread: number; isOpen: boolean },
  toggle: () => void,
): HTMLElement {
  return button(
    {
      ...{ class: "bell", "data-part": "bell" },
      ...{ "aria-label": t.bell(unread), "aria-expanded": String(isOpen) },
    },
    [icon(), unread > 0 ? make("span", { class: "dot", "aria-hidden": "true" }) : null],
    toggle,
  );
}

function icon(): SVGElement {
  const place = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(place, "svg");
  const path = document.createElementNS(place, "path");
  const look = {
    ...{ viewBox: "0 0 24 24", width: "22", height: "22" },
    ...{ fill: "none", stroke: "currentColor", "stroke-width": "1.8", "aria-hidden": "true" },
  };
  for (const [name, value] of Object.entries(look)) svg.setAttribute(name, value);
  path.setAttribute("d", "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 20.5a2.2 2.2 0 0 0 4 0");
  svg.append(path);
  return svg;
}

export function panel(
  { t, language, inPortal }: Setting,
  inbox: InboxState | null,
  { hasFailed, isAtStart }: { hasFailed: boolean; isAtStart: boolean },
): HTMLElement {
  const messages = inbox?.messages ?? [];
  const note = hasFailed ? t.failed : messages.length === 0 ? t.none : null;
  return make(
    "section",
    { class: "panel", "aria-label": t.title, lang: language, "data-start": isAtStart },
    [
      make("h2", {}, [t.title]),
      note === null ? null : make("p", { role: "status" }, [note]),
      make(
        "ul",
        {},
        messages.map((message) => line({ t, language, inPortal }, message)),
      ),
      link(inPortal(inbox?.href ?? ""), { class: "all", "data-part": "all" }, [t.all]),
    ],
  );
}

function line(
  { t, language, inPortal }: Setting,
  { id, title, kind, href, unread, createdAt }: InboxState["messages"][number],
): HTMLElement {
  const at = new Date(createdAt).toLocaleString(language, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return make("li", { "data-unread": unread }, [
    link(inPortal(href), { "data-part": `line-${id}` }, [
      make("span", { class: "line" }, [title]),
      make("br", {}),
      make("span", { class: "note" }, [
        unread ? make("span", { class: "mark" }, [`● ${t.unread} `]) : null,
        `${kind} · ${at}`,
      ]),
    ]),
  ]);
}

/** What stays of a popup that was put off. */
export function banner(
  { t, language, inPortal }: Setting,
  { title, href }: Popup,
  hide: () => void,
): HTMLElement {
  return make("section", { class: "banner", "aria-label": t.popup, lang: language }, [
    make("span", {}, [title]),
    link(inPortal(href), { class: "go", "data-part": "banner-go" }, [t.read]),
    button({ class: "stay", "data-part": "banner-hide" }, [t.hide], hide),
  ]);
}

export function dialog(
  { t, language, inPortal }: Setting,
  { title, kind, href }: Popup,
  close: () => void,
): HTMLDialogElement {
  const go = link(inPortal(href), { class: "go", "data-part": "popup-go" }, [t.read]);
  go.addEventListener("click", close);
  const node = make("dialog", { "aria-labelledby": "popup-title", lang: language }, [
    make("p", { class: "note" }, [kind]),
    make("h2", { id: "popup-title" }, [title]),
    make("div", { class: "acts" }, [
      go,
      button({ class: "stay", "data-part": "popup-later" }, [t.later], close),
    ]),
  ]);
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  return node;
}
