import { getTranslations } from "next-intl/server";

import { Button, ButtonLink } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { type Address } from "@/lib/addresses";

type Props = { status: string | undefined; search: string; clearHref: Address };

/** A plain form: the search ends up in the address and keeps the chosen status. */
export async function RecipientSearch({ status, search, clearHref }: Props) {
  const t = await getTranslations("broadcasts.board.recipients");
  return (
    <search className="mb-3 block">
      <form action="#recipients" className="flex max-w-120 gap-2">
        {status && <input type="hidden" name="status" value={status} />}
        <label htmlFor="recipient-search" className="sr-only">
          {t("search")}
        </label>
        <Input
          id="recipient-search"
          type="search"
          name="search"
          defaultValue={search}
          maxLength={200}
          placeholder={t("search")}
        />
        <Button type="submit" className="flex-none">
          {t("find")}
        </Button>
        {search && (
          <ButtonLink variant="text" href={clearHref}>
            {t("clear")}
          </ButtonLink>
        )}
      </form>
    </search>
  );
}
