const ANY = "http://site.invalid";

/**
 * A path of this site to go to after sign-in, or `fallback` for anything else: another host
 * (`//host`, `https:`), a back-slash that browsers read as a slash, control characters. It comes
 * back as it may stand in a header: what is not ASCII is percent-encoded.
 */
export function safeReturnPath(wanted: string | null | undefined, fallback: string): string {
  if (!wanted || wanted.length > 2000 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted))
    return fallback;
  const path = headerPath(wanted);
  return path !== null && path.length <= 2000 ? path : fallback;
}

/** A path of this site as a Location header takes it; null for what is none once it is resolved. */
export function headerPath(path: string): string | null {
  if (!URL.canParse(path, ANY)) return null;
  const { origin, pathname, search, hash } = new URL(path, ANY);
  // "/.//evil.example" resolves to a path that browsers read as another host.
  return origin === ANY && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : null;
}
