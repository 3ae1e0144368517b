import { type Crumb } from "@/components/ui/breadcrumb";

type Place = { account: { id: string; name: string }; here?: string };

/** Where a page of an account stands: the list, the account, the page itself. */
export function accountCrumbs(list: string, { account, here }: Place): Crumb[] {
  const top = { label: list, href: "/ops/accounts" };
  if (!here) return [top, { label: account.name }];
  return [top, { label: account.name, href: `/ops/accounts/${account.id}` }, { label: here }];
}
