import { type Address, withQuery } from "@/lib/addresses";

export type DiffLayout = "inline" | "split";

/** What the address asks for; anything else is the plain view: all changes, in one column, from the first. */
export function readDiffOptions(search: { layout?: unknown; view?: unknown; part?: unknown }) {
  const layout: DiffLayout = search.layout === "split" ? "split" : "inline";
  const part = /^[1-9]\d{0,3}$/.test(String(search.part)) ? Number(search.part) : 1;
  return { layout, onlyChanges: search.view !== "all", part };
}

/** The address of the comparison with these choices in it. */
export function addressOf(
  href: Address,
  { layout, onlyChanges }: { layout: DiffLayout; onlyChanges: boolean },
): Address {
  return withQuery(href, { layout: layout === "split" && layout, view: !onlyChanges && "all" });
}
