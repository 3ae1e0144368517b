/** Nothing of the portal's look: a console of somebody else, square and green. */
export const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#18211d, #e6ece8); --soft: light-dark(#4c5a53, #a9b6ae);
  --paper: light-dark(#ffffff, #161b18); --ground: light-dark(#eef2ef, #0e1210); --line: light-dark(#c9d3cd, #37423c);
  --brand: light-dark(#0d5c46, #0b3b2e); --link: light-dark(#0d5c46, #6fd3b0); }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; min-block-size: 100vh; background: var(--ground); color: var(--ink);
  font: 14px/1.6 Georgia, "Songti SC", "Noto Serif CJK SC", serif; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 16px; padding: 6px 20px 0;
  background: var(--brand); color: #fff; }
.brand { margin: 0; margin-inline-end: auto; font-size: 18px; font-weight: 700; letter-spacing: .04em; }
.brand small { display: block; font: 12px/1.3 ui-monospace, monospace; letter-spacing: 0; font-weight: 400; }
.switches { margin: 0; display: flex; gap: 4px; }
.switches a { color: #fff; padding: 8px; }
gaozhi-bell { color: #fff; }
.invented { flex: 1 0 100%; margin: 0 -20px; padding: 8px 20px; background: light-dark(#fff3cf, #3a2f0d); color: light-dark(#4a3900, #ffe7a3); }
.body { display: grid; grid-template-columns: 168px minmax(0, 1fr); }
nav ul { list-style: none; margin: 0; padding: 16px 0; }
nav li { padding: 10px 20px; color: var(--soft); }
nav .here { color: var(--ink); background: var(--paper); border-inline-start: 4px solid var(--link); padding-inline-start: 16px; }
main { background: var(--paper); padding: 20px 28px 40px; min-block-size: calc(100vh - 96px); }
form { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); padding: 6px 10px;
  min-block-size: 40px; max-inline-size: 100%; border-radius: 0; }
button { cursor: pointer; }
h1 { font-size: 22px; margin: 24px 0 4px; }
table { border-collapse: collapse; inline-size: 100%; margin-block: 12px; }
th, td { text-align: start; vertical-align: top; padding: 10px 12px; border: 1px solid var(--line); overflow-wrap: anywhere; }
th { background: var(--ground); font-weight: 600; }
a { color: var(--link); }
.about { color: var(--soft); }
:focus-visible { outline: 3px solid #e0a100; outline-offset: 1px; }
@media (max-width: 640px) {
  .body { grid-template-columns: minmax(0, 1fr); }
  nav ul { display: flex; flex-wrap: wrap; padding: 0 8px; }
  nav li { padding: 8px 10px; }
  nav .here { border-inline-start: 0; border-block-end: 3px solid var(--link); padding-inline-start: 10px; }
  main { padding: 16px; }
  .switches { order: 1; flex: 1 0 100%; margin-inline: -8px; }
  .invented { order: 2; }
}
`;
