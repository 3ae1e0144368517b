import { Link } from "@/components/ui/link";
import { CellNote } from "@/components/ui/table";
import { at } from "@/lib/addresses";

type Props = { accountId: string; accountName: string; uin: string };

/** An account in a list of operations: its name leads to it, its UIN stands below. */
export function AccountCell({ accountId, accountName, uin }: Props) {
  return (
    <>
      <Link href={at("/ops/accounts/*", accountId)} tone="main">
        {accountName}
      </Link>
      <CellNote>UIN {uin}</CellNote>
    </>
  );
}
