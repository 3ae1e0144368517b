/** Whether a path can be read, and in one way: its escapes are UTF-8, and none is a NUL or a slash. */
export function isReadablePath(pathname: string): boolean {
  if (/%2f|%5c/i.test(pathname)) return false;
  try {
    return !decodeURIComponent(pathname).includes("\u0000");
  } catch {
    return false;
  }
}

/**
 * A query as every page reads it: of a name given several times the first value, no NUL, which
 * PostgreSQL refuses, and no name that every object has ("constructor"), of which Next makes a second
 * value. Null where it is so already.
 */
export function cleanSearch(given: URLSearchParams): URLSearchParams | null {
  const clean = new URLSearchParams();
  let isChanged = false;
  for (const [name, value] of given) {
    const [plainName, plainValue] = [withoutNul(name), withoutNul(value)];
    const isLeftOut = clean.has(plainName) || plainName in Object.prototype;
    isChanged ||= plainName !== name || plainValue !== value || isLeftOut;
    if (!isLeftOut) clean.append(plainName, plainValue);
  }
  return isChanged ? clean : null;
}

const withoutNul = (text: string): string => text.replaceAll("\u0000", "");
