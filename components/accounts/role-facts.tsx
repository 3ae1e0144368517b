import { useTranslations } from "next-intl";

import { Facts } from "@/components/ui/facts";
import { MEMBER_ROLES } from "@/db/vocabulary/access";

export function RoleFacts() {
  const may = useTranslations("accounts.roleMay");
  const role = useTranslations("access.memberRole");
  return <Facts facts={MEMBER_ROLES.map((one) => ({ term: role(one), value: may(one) }))} tight />;
}
