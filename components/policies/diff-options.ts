export type DiffLayout = "inline" | "split";

/** What the address asks for; anything else is the plain view: all changes, in one column. */
export function readDiffOptions(search: { layout?: unknown; view?: unknown }) {
  const layout: DiffLayout = search.layout === "split" ? "split" : "inline";
  return { layout, onlyChanges: search.view !== "all" };
}

/** The address of the comparison with these choices in it. */
export function addressOf(
  href: string,
  options: { layout: DiffLayout; onlyChanges: boolean },
): string {
  const [path = "", query = ""] = href.split("?");
  const search = new URLSearchParams(query);
  if (options.layout === "split") search.set("layout", "split");
  if (!options.onlyChanges) search.set("view", "all");
  const asked = search.toString();
  return asked ? `${path}?${asked}` : path;
}
