import type { AppRouteHandlerRoutes, AppRoutes } from "@/.next/types/routes";

type WithoutLanguage<Route> = Route extends "/[locale]"
  ? "/"
  : Route extends `/[locale]${infer Rest}`
    ? Rest
    : never;

type Starred<Route> = Route extends `${infer Start}[${string}]${infer Rest}`
  ? `${Start}*${Starred<Rest>}`
  : Route;

/** Where a page or a file lies below app/[locale], "*" for each part that varies: "/receipts/*". */
export type Place = Starred<
  WithoutLanguage<Exclude<AppRoutes | AppRouteHandlerRoutes, "/[locale]/[...rest]">>
>;

declare const complete: unique symbol;
type Complete = string & { readonly [complete]: true };

/** An address of the site without its language: a place where nothing varies, or what `at` makes. */
export type Address = Exclude<Place, `${string}*${string}`> | Complete;

/** What stands behind "?" by its name, and "#" behind the hash; null, false and "" are left out. */
export type Query = Record<string, string | number | boolean | null | undefined>;

type Values<Of> = Of extends `${string}*${infer Rest}` ? [string | number, ...Values<Rest>] : [];

/** The address of a place, with what varies in it in turn: `at("/requests/*", number, { done: "sent" })`. */
export function at<Of extends Place>(
  place: Of,
  ...values: [...Values<Of>, query?: Query]
): Complete {
  const rest: (string | number | Query | undefined)[] = [...values];
  const path = place.replaceAll("*", () => encodeURIComponent(String(rest.shift())));
  const [query] = rest;
  return withQuery(path as Complete, typeof query === "object" ? query : {});
}

/** The same address with other values in its query or behind its hash. */
export function withQuery(address: Address, { "#": hash, ...query }: Query): Complete {
  const [page = "", place] = address.split("#");
  const [path, search] = page.split("?");
  const all = new URLSearchParams(search);
  for (const [name, value] of Object.entries(query)) {
    if (value || value === 0) all.set(name, String(value));
    else all.delete(name);
  }
  const end = hash ? encodeURIComponent(String(hash)) : place;
  return `${path}${all.size > 0 ? `?${all}` : ""}${end ? `#${end}` : ""}` as Complete;
}

/** The address in full where nothing puts the language in front: in a plain `<a>`, a redirect, a mail. */
export function withLanguage(locale: string, address: Address): string {
  return `/${locale}${address === "/" ? "" : address}`;
}
