import { escape } from "../http";
import { type ConsoleOptions, type ConsolePerson } from "./options";

const WORDS = {
  "zh-CN": {
    product: "云桥控制台",
    invented: "演示用的虚构控制台：云桥科技及其客户都不存在，这里除右上角的铃铛外都是布景。",
    nav: "产品",
    products: ["即时通信", "实时音视频", "对象存储", "费用中心"],
    person: "登录的是",
    change: "切换",
    theme: { light: "浅色", dark: "深色" },
    language: "English",
    apps: "我的应用",
    account: "账号",
    none: "还没有应用。",
    columns: ["SDKAppID", "名称", "SDK 版本"],
    apiOnly: "仅 API",
    about: "本页从告知台加载 gaozhi-bell.js。铃铛的内容凭本页服务器签发的短期令牌取得。",
    portal: "打开告知台",
  },
  en: {
    product: "Yunqiao Console",
    invented:
      "A console invented for the demo: Yunqiao and its customers do not exist, and but for the bell at the top all of this is scenery.",
    nav: "Products",
    products: ["Messaging", "Calls", "Storage", "Billing"],
    person: "Signed in as",
    change: "Change",
    theme: { light: "Light", dark: "Dark" },
    language: "中文",
    apps: "My apps",
    account: "Account",
    none: "No apps yet.",
    columns: ["SDKAppID", "Name", "SDK versions"],
    apiOnly: "API only",
    about:
      "This page loads gaozhi-bell.js from Gaozhi. What the bell shows is read with a short-lived token that this page's server signs.",
    portal: "Open Gaozhi",
  },
};

export type View = { person: ConsolePerson; lang: keyof typeof WORDS; theme: Theme | undefined };
type Theme = "light" | "dark";

/** Who looks and how: all of it stands in the address, so that the console keeps nothing. */
export function viewOf(query: URLSearchParams, person: ConsolePerson): View {
  const [lang, theme] = [query.get("lang"), query.get("theme")];
  return {
    person,
    lang: lang === "en" || lang === "zh-CN" ? lang : person.locale,
    theme: theme === "light" || theme === "dark" ? theme : undefined,
  };
}

export function consolePage({ portal, people }: ConsoleOptions, view: View): string {
  const { person, lang, theme } = view;
  const t = WORDS[lang];
  const token = `/notices-token?${new URLSearchParams({ person: person.email }).toString()}`;
  return `<!doctype html>
<html lang="${lang}"${theme ? ` data-theme="${theme}"` : ""}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t.product}</title>
<link rel="stylesheet" href="/console.css">
<header>
  <p class="brand">${t.product}<small>console.yunqiao.example</small></p>
  ${switches(view)}
  <gaozhi-bell token-url="${escape(token)}" lang="${lang}"${theme ? ` theme="${theme}"` : ""}></gaozhi-bell>
  <p class="invented">${t.invented}</p>
</header>
<div class="body">
  <nav aria-label="${t.nav}"><ul>${t.products.map((name, index) => `<li${index === 0 ? ' class="here"' : ""}>${name}</li>`).join("")}</ul></nav>
  <main>
    ${personForm(people, view)}
    <h1>${t.apps}</h1>
    <p>${t.account} ${escape(person.account.name)} · UIN ${escape(person.account.uin)}</p>
    ${appTable(view)}
    <p class="about">${t.about} <a href="${escape(portal)}/${lang}">${t.portal}</a></p>
  </main>
</div>
<script src="${escape(portal)}/gaozhi-bell.js" async></script>
</html>
`;
}

function switches(view: View): string {
  const t = WORDS[view.lang];
  const other = view.lang === "en" ? "zh-CN" : "en";
  const themes = (["light", "dark"] as const).map(
    (theme) => `<a href="${addressOf({ ...view, theme })}">${t.theme[theme]}</a>`,
  );
  const language = `<a lang="${other}" href="${addressOf({ ...view, lang: other })}">${t.language}</a>`;
  return `<p class="switches">${[...themes, language].join(" ")}</p>`;
}

function addressOf({ person, lang, theme }: View): string {
  const query = new URLSearchParams({ person: person.email, lang, ...(theme && { theme }) });
  return escape(`/?${query.toString()}`);
}

function personForm(people: readonly ConsolePerson[], { person, lang, theme }: View): string {
  const t = WORDS[lang];
  const options = people.map(({ email, name, account }) => {
    const selected = email === person.email ? " selected" : "";
    return `<option value="${escape(email)}"${selected}>${escape(`${name} · ${account.name}`)}</option>`;
  });
  return `<form method="get" action="/">
      <label for="person">${t.person}</label>
      <select id="person" name="person">${options.join("")}</select>
      <input type="hidden" name="lang" value="${lang}">${theme ? `<input type="hidden" name="theme" value="${theme}">` : ""}
      <button>${t.change}</button>
    </form>`;
}

function appTable({ person: { apps }, lang }: View): string {
  const t = WORDS[lang];
  if (apps.length === 0) return `<p>${t.none}</p>`;
  const rows = apps.map(({ sdkAppId, name, platforms }) => {
    const versions = Object.entries(platforms).map(([platform, version]) =>
      escape(`${platform} ${version}`),
    );
    return `<tr><td>${escape(sdkAppId)}</td><td>${escape(name)}</td><td>${versions.join("<br>") || t.apiOnly}</td></tr>`;
  });
  return `<table><thead><tr>${t.columns.map((column) => `<th scope="col">${column}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
