import { type Crumb } from "@/components/ui/breadcrumb";
import { at } from "@/lib/addresses";

type Place = { account: { id: string; name: string }; here?: string };

/** Where a page of an account stands: the list, the account, the page itself. */
export function accountCrumbs(list: string, { account, here }: Place): Crumb[] {
  const top: Crumb = { label: list, href: "/ops/accounts" };
  if (!here) return [top, { label: account.name }];
  return [top, { label: account.name, href: at("/ops/accounts/*", account.id) }, { label: here }];
}
