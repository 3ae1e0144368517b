import http from "node:http";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { PREVIEWS } from "@/emails/previews";
import { type Mail, renderMail } from "@/emails/render";

type Shown = { path: string; locale: Locale; mail: Mail };

/** Serves every mail in every language with invented facts, as HTML and as plain text. */
async function main(): Promise<void> {
  const shown = await renderAll();
  const server = http.createServer((request, response) => answer(shown, { request, response }));
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : "";
    process.stdout.write(`邮件预览 · Mail previews: http://127.0.0.1:${port}/\n`);
  });
  process.once("SIGINT", () => {
    server.closeAllConnections();
    server.close();
  });
}

async function renderAll(): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const { name, mail } of PREVIEWS) {
    for (const locale of LOCALES) {
      const rendered = await renderMail({ ...mail(locale), locale });
      shown.push({ path: `/${name}.${locale}`, locale, mail: rendered });
    }
  }
  return shown;
}

type Exchange = { request: http.IncomingMessage; response: http.ServerResponse };

function answer(shown: readonly Shown[], { request, response }: Exchange): void {
  const page = pageAt(shown, new URL(request.url ?? "/", "http://preview.invalid").pathname);
  response.writeHead(page ? 200 : 404, {
    "content-type": `text/${page?.type ?? "plain"}; charset=utf-8`,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "x-content-type-options": "nosniff",
  });
  response.end(page?.body ?? "Not found");
}

function pageAt(shown: readonly Shown[], path: string) {
  if (path === "/") return { type: "html", body: index(shown) };
  const found = shown.find((one) => path === `${one.path}.html` || path === `${one.path}.txt`);
  if (!found) return null;
  return path.endsWith(".html")
    ? { type: "html", body: found.mail.html }
    : { type: "plain", body: found.mail.text };
}

function index(shown: readonly Shown[]): string {
  const rows = shown.map(
    ({ path, locale, mail: { subject, html } }) => `<tr>
      <td lang="${locale}"><a href="${path}.html">${escapeHtml(subject)}</a></td>
      <td>${path.slice(1)}</td>
      <td><a href="${path}.txt">text</a></td>
      <td>${(Buffer.byteLength(html) / 1024).toFixed(1)} KB</td>
    </tr>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><title>Mail previews</title>
    <style>body{font:14px/22px sans-serif;max-width:960px;margin:32px auto;padding:0 16px}
    table{border-collapse:collapse;width:100%}td{border-top:1px solid #e6e2db;padding:8px 16px 8px 0}</style>
    <h1>Mail previews</h1><table>${rows.join("")}</table></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

await main();
