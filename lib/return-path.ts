/**
 * A path of this site to go to after sign-in, or `fallback` for anything else: another host
 * (`//host`, `https:`), a back-slash that browsers read as a slash, control characters.
 */
export function safeReturnPath(wanted: string | null | undefined, fallback: string): string {
  if (!wanted || wanted.length > 2000 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted))
    return fallback;
  const base = "http://site.invalid";
  return URL.canParse(wanted, base) && new URL(wanted, base).origin === base ? wanted : fallback;
}
