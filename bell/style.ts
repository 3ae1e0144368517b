export const STYLE = `
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
