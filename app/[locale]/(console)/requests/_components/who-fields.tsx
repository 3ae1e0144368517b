import { useTranslations } from "next-intl";

import { RadiosField } from "@/components/form/fields";
import type { Capacity } from "@/domain/requests/filing-steps";

const DEVELOPER: readonly Capacity[] = ["own", "on_behalf"];
const ANYBODY: readonly Capacity[] = ["end_user", "guardian", "agent"];

type Props = { capacity?: Capacity | undefined; isDeveloper: boolean };

/** In what capacity; a developer's two stand first, and only before developers. */
export function WhoFields({ capacity, isDeveloper }: Props) {
  const t = useTranslations("requests.filing.who");
  const offered = isDeveloper ? [...DEVELOPER, ...ANYBODY] : ANYBODY;
  return (
    <RadiosField
      name="capacity"
      label={t("label")}
      defaultValue={capacity}
      options={offered.map((value) => ({
        value,
        label: t(`choices.${value}`),
        hint: t(`hints.${value}`),
      }))}
    />
  );
}
