const CHINESE_PER_MINUTE = 400;
const WORDS_PER_MINUTE = 220;

/** Whole minutes an attentive reader needs for a text, at least one. */
export function readingMinutes(text: string): number {
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0;
  return Math.max(1, Math.round(chinese / CHINESE_PER_MINUTE + words / WORDS_PER_MINUTE));
}
