import type { PolicyCopy } from "@/domain/policies/read-copy";
import { formatDateTime } from "@/lib/format";
import { escapeHtml } from "@/lib/mail-template";
import { translator } from "@/messages/translator";
import { readText } from "@/text/offload";
import { writeHtml } from "@/text/write-html";
import { citationOf, periodOf } from "@/wording/citation";

import { plainDocument } from "./plain-document";

type Said = { vendor: string; page: string };

/** A version for somebody else's page (P03): its standing, its text, and which version it is. */
export async function policyEmbed(copy: PolicyCopy, { vendor, page }: Said): Promise<string> {
  const { text, titles, label } = copy;
  const { locale } = text;
  const t = translator(locale, "policies");
  const title = titles[locale];
  const cited = {
    ...copy.state,
    vendor,
    title,
    label,
    address: page,
    contentHash: copy.contentHash,
  };
  return plainDocument({
    locale,
    title: t("page.title", { title, label }),
    head: [`<link rel="canonical" href="${escapeHtml(page)}">`],
    main: [
      `<h1>${escapeHtml(title)}</h1>`,
      ...notesOf(copy).map((note) => `<p class="mark">${escapeHtml(note)}</p>`),
      writeHtml(await readText(text.body)),
    ],
    footer: [
      `<p>${escapeHtml(citationOf(cited, locale))}</p>`,
      `<p><a href="${escapeHtml(page)}" target="_blank" rel="noopener">${t("citation.embedOpen")}</a></p>`,
    ],
  });
}

/** Since when it holds, whether it binds, and whether it was put right since. */
function notesOf({ text, label, state, bindingLocale, correctedAt }: PolicyCopy): string[] {
  const { locale, isBinding } = text;
  const t = translator(locale, "policies");
  const notes = [`${t("version", { label })} · ${periodOf(state, locale)}`];
  if (!isBinding) notes.push(t("notice.translation", { binding: t(`language.${bindingLocale}`) }));
  if (correctedAt)
    notes.push(t("corrections.superseded", { at: formatDateTime(correctedAt, locale) }));
  return notes;
}
