import { type Address, withQuery } from "@/lib/addresses";

export type DiffLayout = "inline" | "split";

/** What the address asks for; anything else is the plain view: all changes, in one column. */
export function readDiffOptions(search: { layout?: unknown; view?: unknown }) {
  const layout: DiffLayout = search.layout === "split" ? "split" : "inline";
  return { layout, onlyChanges: search.view !== "all" };
}

/** The address of the comparison with these choices in it. */
export function addressOf(
  href: Address,
  { layout, onlyChanges }: { layout: DiffLayout; onlyChanges: boolean },
): Address {
  return withQuery(href, { layout: layout === "split" && layout, view: !onlyChanges && "all" });
}
