import { localized } from "@/lib/localized";
import { shanghaiMinute } from "@/lib/shanghai";

import type { PolicyCopy } from "./read-copy";

/** Absolute addresses of the version; they stay valid for ever. */
export type CopyAddresses = { page: string; markdown: string; json: string };

/**
 * The text as Markdown, exactly as it was published, below a YAML head that says what it is and what it
 * changed (P01). Its day is that of Asia/Shanghai: in UTC a reader would take it for the day before.
 * JSON strings are valid YAML, so nothing in a title can break the head.
 */
export function markdownCopy(copy: PolicyCopy, { page }: CopyAddresses): string {
  const { titles, label, state, text, contentHash, related } = copy;
  const head = {
    title: titles[text.locale],
    version: label,
    status: state.status,
    announced: state.announcedAt && shanghaiTime(state.announcedAt),
    effective: state.effectiveAt && shanghaiTime(state.effectiveAt),
    language: text.locale,
    binding: text.isBinding,
    url: page,
    changes: copy.content.changes.map((change) => localized(change.text, text.locale).text),
    belongs_with: related.map((one) => `${one.slug} ${one.label}`),
    content_sha256: contentHash,
    ...(copy.correctedAt && { superseded_by_correction: copy.correctedAt.toISOString() }),
  };
  const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n${text.body}`;
}

/**
 * All of a version for machines. Whoever hashes `content` as canonical JSON (RFC 8785) gets
 * `fingerprint.sha256`, the hash the approval, every acknowledgement and every receipt name (P03).
 */
export function jsonCopy(copy: PolicyCopy, addresses: CopyAddresses): string {
  const { slug, kind, titles, bindingLocale, label, state, contentHash, content, text, related } =
    copy;
  const { corrections } = copy;
  return `${JSON.stringify(
    {
      document: { slug, kind, titles, bindingLocale },
      version: { label, ...state },
      related,
      language: text.locale,
      content,
      ...(corrections.length > 0 && { corrections }),
      fingerprint: { sha256: contentHash, of: "content", canonicalization: "RFC 8785" },
      links: addresses,
    },
    null,
    2,
  )}\n`;
}

/** "2026-12-14T00:00:00+08:00" */
const shanghaiTime = (moment: Date): string => `${shanghaiMinute(moment)}:00+08:00`;
