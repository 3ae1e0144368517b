import { sha256Hex } from "@/lib/hash";

/** The anchor of a footnote, for its reference and its text. */
export function noteAnchor(label: string): string {
  return `note-${/^[a-z0-9-]{1,40}$/.test(label) ? label : shortHash(label)}`;
}

/** Eight hex digits in the place of words that an anchor cannot hold. */
export function shortHash(text: string): string {
  return sha256Hex(text).slice(0, 8);
}
