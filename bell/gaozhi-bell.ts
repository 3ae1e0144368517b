import type { InboxState } from "@/server/api-operations";

import { banner, bellButton, dialog, panel, type Setting } from "./parts";
import { STYLE } from "./style";
import { type Language, WORDS } from "./words";

/** Whence this script came is where the portal is. */
const script = document.currentScript;
const PORTAL = new URL(script instanceof HTMLScriptElement ? script.src : location.href).origin;
const EVERY_MS = 60_000;
/** Pixels that the list needs before the bell's right edge. */
const ROOM = 380;

/**
 * <gaozhi-bell>: what the portal has told the signed-in person, inside the console's own pages.
 *
 *   <script src="https://notices.example.com/gaozhi-bell.js" async></script>
 *   <gaozhi-bell token-url="/notices-token" lang="zh-CN"></gaozhi-bell>
 *
 * `token-url` answers `{"token": "…"}`, signed by the console's server (docs/api.md); a page may set
 * the property `getToken` instead. `theme` is light or dark; without it the reader's own choice holds.
 */
class GaozhiBell extends HTMLElement {
  getToken?: () => string | Promise<string>;

  #inbox: InboxState | null = null;
  #hasFailed = false;
  #isOpen = false;
  #hidden: string | null = null;
  #timer = 0;
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #root = this.attachShadow({ mode: "open" });
  /** Answers that a later question has overtaken are dropped. */
  #questions = 0;

  connectedCallback(): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    this.addEventListener("keydown", this.#onKey);
    document.addEventListener("pointerdown", this.#onOutside);
    document.addEventListener("visibilitychange", this.#onVisible);
    this.#dark.addEventListener("change", this.#paint);
    this.#timer = window.setInterval(this.#onVisible, EVERY_MS);
    this.#paint();
    void this.refresh();
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
    this.removeEventListener("keydown", this.#onKey);
    document.removeEventListener("pointerdown", this.#onOutside);
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#dark.removeEventListener("change", this.#paint);
  }

  /** Reads the inbox now; a page may call it after it has changed something. */
  async refresh(): Promise<void> {
    if (document.hidden) return;
    const question = (this.#questions += 1);
    const inbox = await this.#read().catch(() => null);
    if (question !== this.#questions) return;
    this.#hasFailed = inbox === null;
    this.#inbox = inbox ?? this.#inbox;
    this.#paint();
  }

  async #read(): Promise<InboxState> {
    const token = await this.#token();
    const answer = await fetch(`${PORTAL}/api/v1/inbox?locale=${this.#language}`, {
      headers: { authorization: `Bearer ${token}` },
      credentials: "omit",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const inbox: InboxState = await answer.json();
    return inbox;
  }

  async #token(): Promise<string> {
    if (this.getToken) return this.getToken();
    const url = this.getAttribute("token-url") ?? "";
    const answer = await fetch(url, { credentials: "same-origin" });
    const { token }: { token: string } = await answer.json();
    return token;
  }

  get #language(): Language {
    const lang = this.getAttribute("lang") ?? document.documentElement.lang;
    return /^en\b/i.test(lang) ? "en" : "zh-CN";
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.#isOpen) return;
    event.stopPropagation();
    this.#toggle(false);
    this.#focus("bell");
  };
  #onOutside = (event: Event): void => {
    if (this.#isOpen && !event.composedPath().includes(this)) this.#toggle(false);
  };
  #onVisible = (): void => void this.refresh();

  #toggle(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#paint();
  }

  #focus(part: string): void {
    this.#root.querySelector<HTMLElement>(`[data-part="${part}"]`)?.focus();
  }

  #paint = (): void => {
    const theme = this.getAttribute("theme");
    this.toggleAttribute("data-dark", theme ? theme === "dark" : this.#dark.matches);
    const held = this.#root.activeElement?.getAttribute("data-part");
    const modal = this.#modal();
    const parts = [this.#bell(), this.#panel(), this.#banner(), modal];
    this.#root.replaceChildren(...parts.filter((part) => part !== null));
    modal?.showModal();
    if (held) this.#focus(held);
  };

  get #setting(): Setting {
    const language = this.#language;
    return { t: WORDS[language], language, inPortal };
  }

  #bell(): HTMLElement {
    const shown = { unread: this.#inbox?.unread ?? 0, isOpen: this.#isOpen };
    return bellButton(WORDS[this.#language], shown, () => this.#toggle(!this.#isOpen));
  }

  #panel(): HTMLElement | null {
    if (!this.#isOpen) return null;
    const isAtStart = this.getBoundingClientRect().right < ROOM;
    return panel(this.#setting, this.#inbox, { hasFailed: this.#hasFailed, isAtStart });
  }

  #banner(): HTMLElement | null {
    const popup = this.#inbox?.popup;
    if (!popup || !wasClosed(popup.id) || popup.id === this.#hidden) return null;
    return banner(this.#setting, popup, () => {
      this.#hidden = popup.id;
      this.#paint();
    });
  }

  #modal(): HTMLDialogElement | null {
    const popup = this.#inbox?.popup;
    if (!popup || wasClosed(popup.id)) return null;
    return dialog(this.#setting, popup, () => {
      remember(popup.id);
      this.#paint();
      this.#focus("bell");
    });
  }
}

const inPortal = (href: string) =>
  URL.canParse(href) && new URL(href).origin === PORTAL ? href : PORTAL;

/** What a browser that keeps nothing has closed: until the page goes. */
const closed = new Set<string>();
const closedKey = (id: string) => `gaozhi-bell:closed:${id}`;

function remember(id: string): void {
  closed.add(id);
  try {
    localStorage.setItem(closedKey(id), "1");
  } catch {
    // It shows it again on its next page.
  }
}

function wasClosed(id: string): boolean {
  try {
    return closed.has(id) || localStorage.getItem(closedKey(id)) !== null;
  } catch {
    return false;
  }
}

if (!customElements.get("gaozhi-bell")) customElements.define("gaozhi-bell", GaozhiBell);
