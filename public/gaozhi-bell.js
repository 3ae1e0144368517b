/**
 * <gaozhi-bell>: what the portal has told the signed-in person, inside the console's own pages.
 *
 *   <script src="https://notices.example.com/gaozhi-bell.js" async></script>
 *   <gaozhi-bell token-url="/notices-token" lang="zh-CN"></gaozhi-bell>
 *
 * `token-url` answers `{"token": "…"}`, signed by the console's server (docs/api.md); a page may set
 * the property `getToken` instead. `theme` is light or dark; without it the reader's own choice holds.
 */
(() => {
  const PORTAL = new URL(document.currentScript?.src ?? location.href).origin;
  const EVERY_MS = 60_000;
  const WORDS = {
    "zh-CN": {
      bell: (n) => (n > 0 ? `告知台：${n} 条未读` : "告知台：没有未读"),
      title: "告知台消息",
      unread: "未读",
      none: "还没有消息。",
      failed: "暂时读不到消息，请稍后再试。",
      all: "查看全部",
      popup: "请您查看",
      read: "去查看",
      later: "稍后再看",
      hide: "收起",
    },
    en: {
      bell: (n) => (n > 0 ? `Notices: ${n} unread` : "Notices: nothing unread"),
      title: "Notices",
      unread: "Unread",
      none: "No notices yet.",
      failed: "Notices cannot be read just now. Please try again later.",
      all: "See all",
      popup: "Please read",
      read: "Read it",
      later: "Later",
      hide: "Hide",
    },
  };
  const STYLE = `
    :host { --ink: #1c2024; --soft: #565d66; --paper: #fff; --line: #d8dce1; --hover: #f1f3f6;
      --blue: #1550b4; --red: #c11f2d; --on-blue: #fff; display: inline-block; position: relative;
      font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink); }
    :host([data-dark]) { --ink: #eceef1; --soft: #b0b7c0; --paper: #1b1f24; --line: #3a4048; --hover: #262b31;
      --blue: #8fb8ff; --red: #ff7b85; --on-blue: #10141a; }
    * { box-sizing: border-box; }
    button, a { font: inherit; color: inherit; }
    button { cursor: pointer; }
    :focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
    .bell { position: relative; inline-size: 40px; block-size: 40px; border: 0; border-radius: 8px; background: transparent;
      color: inherit; display: grid; place-items: center; }
    .bell:hover { background: var(--hover); color: var(--ink); }
    .dot { position: absolute; inset-block-start: 7px; inset-inline-end: 8px; inline-size: 9px; block-size: 9px; border-radius: 50%;
      background: var(--red); border: 1px solid var(--paper); }
    .panel { position: absolute; inset-inline-end: 0; inset-block-start: 44px; z-index: 1000; inline-size: min(360px, 92vw);
      max-block-size: 70vh; overflow: auto; background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 10px;
      box-shadow: 0 8px 28px rgb(0 0 0 / .2); padding: 12px; }
    .panel[data-start] { inset-inline: 0 auto; }
    @media (max-width: 480px) { .panel, .panel[data-start] { position: fixed; inset-inline: 8px; inset-block-start: auto; inline-size: auto; } }
    h2 { font-size: 15px; margin: 0 0 8px; }
    ul { list-style: none; margin: 0; padding: 0; }
    li a { display: block; padding: 8px; border-radius: 6px; text-decoration: none; overflow-wrap: anywhere; }
    li a:hover { background: var(--hover); }
    li[data-unread] .line { font-weight: 600; }
    .mark { color: var(--red); }
    .note { color: var(--soft); font-size: 12px; }
    .all { display: inline-block; margin-block-start: 8px; padding: 4px 8px; color: var(--blue); }
    .banner { position: fixed; inset-inline: 0; inset-block-end: 0; z-index: 999; display: flex; flex-wrap: wrap; gap: 8px 16px;
      align-items: center; justify-content: center; padding: 10px 16px; background: var(--paper); color: var(--ink);
      border-block-start: 3px solid var(--red); overflow-wrap: anywhere; }
    dialog { inline-size: min(440px, 92vw); border: 1px solid var(--line); border-radius: 12px; padding: 24px; background: var(--paper);
      color: var(--ink); overflow-wrap: anywhere; }
    dialog::backdrop { background: rgb(0 0 0 / .45); }
    .acts { display: flex; flex-wrap: wrap; gap: 10px; margin-block-start: 18px; }
    .go, .stay { border-radius: 8px; padding: 8px 16px; min-block-size: 40px; text-decoration: none; border: 1px solid var(--blue); }
    .go { background: var(--blue); color: var(--on-blue); }
    .stay { background: transparent; color: var(--blue); }
    @media (forced-colors: active) { .dot { background: Mark; } }`;

  /** An element with its attributes and children; texts are texts, never markup. */
  function make(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== false && value != null)
        node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child != null));
    return node;
  }

  function bellIcon() {
    const place = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(place, "svg");
    for (const [name, value] of Object.entries({
      viewBox: "0 0 24 24",
      width: 22,
      height: 22,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.8,
      "aria-hidden": "true",
    }))
      svg.setAttribute(name, value);
    const path = document.createElementNS(place, "path");
    path.setAttribute("d", "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 20.5a2.2 2.2 0 0 0 4 0");
    svg.append(path);
    return svg;
  }

  /** Only addresses of the portal are linked, whatever an answer says. */
  const inPortal = (href) =>
    URL.canParse(href) && new URL(href).origin === PORTAL ? href : PORTAL;

  const closedKey = (id) => `gaozhi-bell:closed:${id}`;
  const remember = (id) => {
    try {
      localStorage.setItem(closedKey(id), "1");
    } catch {
      // A browser that keeps nothing shows it again.
    }
  };
  const wasClosed = (id) => {
    try {
      return localStorage.getItem(closedKey(id)) !== null;
    } catch {
      return false;
    }
  };

  class GaozhiBell extends HTMLElement {
    #inbox = null;
    #failed = false;
    #open = false;
    #hidden = null;
    #timer = 0;
    #dark = matchMedia("(prefers-color-scheme: dark)");
    #root = this.attachShadow({ mode: "open" });
    #asked = 0;

    connectedCallback() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.#root.adoptedStyleSheets = [sheet];
      this.#root.addEventListener("keydown", this.#onKey);
      document.addEventListener("pointerdown", this.#onOutside);
      document.addEventListener("visibilitychange", this.#onVisible);
      this.#dark.addEventListener("change", this.#paint);
      this.#timer = setInterval(() => this.refresh(), EVERY_MS);
      this.#paint();
      void this.refresh();
    }

    disconnectedCallback() {
      clearInterval(this.#timer);
      document.removeEventListener("pointerdown", this.#onOutside);
      document.removeEventListener("visibilitychange", this.#onVisible);
      this.#dark.removeEventListener("change", this.#paint);
    }

    get #locale() {
      const lang = this.getAttribute("lang") ?? document.documentElement.lang;
      return /^en\b/i.test(lang) ? "en" : "zh-CN";
    }

    /** Reads the inbox now; a page may call it after it has changed something. */
    async refresh() {
      if (document.hidden) return;
      const asked = (this.#asked += 1);
      try {
        const token = await this.#token();
        const answer = await fetch(`${PORTAL}/api/v1/inbox?locale=${this.#locale}`, {
          headers: { authorization: `Bearer ${token}` },
          credentials: "omit",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const inbox = await answer.json();
        if (asked !== this.#asked) return;
        this.#inbox = inbox;
        this.#failed = false;
      } catch {
        if (asked !== this.#asked) return;
        this.#failed = true;
      }
      this.#paint();
    }

    async #token() {
      if (typeof this.getToken === "function") return this.getToken();
      const answer = await fetch(this.getAttribute("token-url") ?? "", {
        credentials: "same-origin",
      });
      return (await answer.json()).token;
    }

    #onKey = (event) => {
      if (event.key !== "Escape" || !this.#open) return;
      event.stopPropagation();
      this.#toggle(false);
      this.#root.querySelector(".bell")?.focus();
    };
    #onOutside = (event) => {
      if (this.#open && !event.composedPath().includes(this)) this.#toggle(false);
    };
    #onVisible = () => void this.refresh();

    #toggle(open) {
      this.#open = open;
      this.#paint();
    }

    #paint = () => {
      const theme = this.getAttribute("theme");
      this.toggleAttribute("data-dark", theme ? theme === "dark" : this.#dark.matches);
      const t = WORDS[this.#locale];
      const held = this.#root.activeElement?.dataset.part;
      const popup = this.#inbox?.popup;
      const isNew = popup && !wasClosed(popup.id);
      this.#root.replaceChildren(
        ...[
          this.#bell(t),
          this.#open ? this.#panel(t) : null,
          popup && !isNew && popup.id !== this.#hidden ? this.#banner(t, popup) : null,
          isNew ? this.#dialog(t, popup) : null,
        ].filter(Boolean),
      );
      const dialog = this.#root.querySelector("dialog");
      if (dialog) dialog.showModal();
      else if (held) this.#root.querySelector(`[data-part="${held}"]`)?.focus();
    };

    #bell(t) {
      const unread = this.#inbox?.unread ?? 0;
      return make(
        "button",
        {
          ...{ class: "bell", type: "button", "data-part": "bell", "aria-label": t.bell(unread) },
          ...{ "aria-expanded": String(this.#open), onclick: () => this.#toggle(!this.#open) },
        },
        bellIcon(),
        unread > 0 ? make("span", { class: "dot", "aria-hidden": "true" }) : null,
      );
    }

    #panel(t) {
      const messages = this.#inbox?.messages ?? [];
      const said = this.#failed ? t.failed : messages.length === 0 ? t.none : null;
      return make(
        "section",
        {
          ...{ class: "panel", "aria-label": t.title, lang: this.#locale },
          // Where the bell stands at the left edge, there is no room before it.
          "data-start": this.getBoundingClientRect().right < 380,
        },
        make("h2", {}, t.title),
        said && make("p", { role: "status" }, said),
        make("ul", {}, ...messages.map((message) => this.#line(t, message))),
        make(
          "a",
          {
            class: "all",
            "data-part": "all",
            target: "_blank",
            rel: "noopener",
            href: inPortal(this.#inbox?.href ?? ""),
          },
          t.all,
        ),
      );
    }

    #line(t, { id, title, kind, href, unread, createdAt }) {
      const at = new Date(createdAt).toLocaleString(this.#locale, {
        dateStyle: "medium",
        timeStyle: "short",
      });
      return make(
        "li",
        { "data-unread": unread },
        make(
          "a",
          { href: inPortal(href), target: "_blank", rel: "noopener", "data-part": `line-${id}` },
          make("span", { class: "line" }, title),
          make("br"),
          make(
            "span",
            { class: "note" },
            unread ? make("span", { class: "mark" }, `● ${t.unread} `) : "",
            `${kind} · ${at}`,
          ),
        ),
      );
    }

    #banner(t, { id, title, href }) {
      const hide = () => {
        this.#hidden = id;
        this.#paint();
      };
      return make(
        "section",
        { class: "banner", "aria-label": t.popup, lang: this.#locale },
        make("span", {}, title),
        make(
          "a",
          {
            class: "go",
            "data-part": "banner-go",
            href: inPortal(href),
            target: "_blank",
            rel: "noopener",
          },
          t.read,
        ),
        make(
          "button",
          { class: "stay", type: "button", "data-part": "banner-hide", onclick: hide },
          t.hide,
        ),
      );
    }

    #dialog(t, { id, title, kind, href }) {
      const close = () => {
        remember(id);
        this.#paint();
        this.#root.querySelector(".bell")?.focus();
      };
      return make(
        "dialog",
        {
          "aria-labelledby": "popup-title",
          lang: this.#locale,
          oncancel: (event) => (event.preventDefault(), close()),
        },
        make("p", { class: "note" }, kind),
        make("h2", { id: "popup-title" }, title),
        make(
          "div",
          { class: "acts" },
          make(
            "a",
            {
              class: "go",
              href: inPortal(href),
              target: "_blank",
              rel: "noopener",
              onclick: close,
            },
            t.read,
          ),
          make("button", { class: "stay", type: "button", onclick: close }, t.later),
        ),
      );
    }
  }

  if (!customElements.get("gaozhi-bell")) customElements.define("gaozhi-bell", GaozhiBell);
})();
