import { useTranslations } from "next-intl";

import { ButtonForm } from "@/components/form/button-form";
import { Icon } from "@/components/ui/icon";
import { MenuButton, MenuLabel, PopoverMenu } from "@/components/ui/popover-menu";

export type AccountSwitchProps = {
  /** Whose console this is: the account's name, or the vendor's for staff. */
  currentName: string;
  /** The other accounts of this person; none, and there is nothing to switch. */
  others?: readonly { id: string; name: string; note?: string }[];
  /** Server action that takes `accountId`. */
  action?: (form: FormData) => Promise<void>;
};

export function AccountSwitch({ currentName, others = [], action }: AccountSwitchProps) {
  const t = useTranslations("layout");
  if (others.length === 0 || !action) {
    return (
      <span className="max-md:text-small min-w-0 flex-[1_1_5rem] truncate px-2.5 font-semibold">
        {currentName}
      </span>
    );
  }

  return (
    <PopoverMenu
      id="account-menu"
      triggerLabel={`${currentName}, ${t("switchAccount")}`}
      triggerClassName="inline-flex h-8 min-w-0 flex-[0_1_auto] max-md:flex-[1_1_5rem] items-center gap-2 rounded-md px-2.5 hover:bg-hover max-md:h-11 max-md:px-1.5 max-md:text-small"
      trigger={
        <>
          <span className="truncate font-semibold">{currentName}</span>
          <Icon name="chevron-down" className="text-ink-muted" />
        </>
      }
    >
      <MenuLabel>{t("switchAccount")}</MenuLabel>
      <ButtonForm action={action}>
        {others.map(({ id, name, note }) => (
          <MenuButton key={id} type="submit" name="accountId" value={id}>
            {name}
            {note && <span className="text-small text-ink-muted ml-auto pl-4">{note}</span>}
          </MenuButton>
        ))}
      </ButtonForm>
    </PopoverMenu>
  );
}
