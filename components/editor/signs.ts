/** The letters of a text, Markdown's marks and all blanks left out. */
export const signsOf = (text: string): number => text.replace(/[\s*#|_>\\~`-]/g, "").length;
