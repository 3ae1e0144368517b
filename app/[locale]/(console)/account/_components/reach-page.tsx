import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { TabLinks } from "@/components/ui/tabs";
import type { Address } from "@/lib/addresses";

type Props = {
  title: string;
  /** Whose it is, in words. */
  of: string;
  accountId: string;
  /** The reader's accounts, and where each of them has this page. */
  accounts: readonly { id: string; name: string }[];
  accountsLabel: string;
  href: (accountId: string) => Address;
  /** What was just done. */
  saved: string | null;
  lead: React.ReactNode;
  children: React.ReactNode;
};

/** How an account is reached (its contacts, its endpoints), one account at a time. */
export function ReachPage(props: Props) {
  const { title, of, accountId, accounts, accountsLabel, href, saved, lead, children } = props;
  return (
    <>
      <PageHead title={title} note={of} />
      {accounts.length > 1 && (
        <div className="mb-6">
          <TabLinks
            label={accountsLabel}
            tabs={accounts.map(({ id, name }) => ({
              href: href(id),
              label: name,
              current: id === accountId,
            }))}
          />
        </div>
      )}
      {saved && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {saved}
          </Banner>
        </div>
      )}
      <div className="max-w-measure mb-8 grid gap-1">{lead}</div>
      {children}
    </>
  );
}
