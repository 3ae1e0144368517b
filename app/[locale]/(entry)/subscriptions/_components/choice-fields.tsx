import { useLocale, useTranslations } from "next-intl";

import { CheckboxesField, CheckboxField } from "@/components/form/fields";
import type { SubscriptionChoice } from "@/db/schema/subscriptions";
import type { Subscribable } from "@/domain/subscriptions/choice";

type Props = { all: Subscribable; chosen: SubscriptionChoice };

/** What may be subscribed to, with what is chosen ticked. */
export function ChoiceFields({ all, chosen }: Props) {
  const t = useTranslations("subscriptions");
  const locale = useLocale();
  const options = (known: Subscribable["products"]) =>
    known.map(({ id, names }) => ({ value: id, label: names[locale] }));
  return (
    <>
      <CheckboxesField
        name="productIds"
        label={t("topic.incidents")}
        hint={t("topicHint.incidents")}
        defaultValues={chosen.productIds}
        options={options(all.products)}
      />
      {all.documents.length > 0 && (
        <CheckboxesField
          name="documentIds"
          label={t("topic.versions")}
          hint={t("topicHint.versions")}
          defaultValues={chosen.documentIds}
          options={options(all.documents)}
        />
      )}
      <CheckboxField
        name="announcements"
        label={t("topic.announcements")}
        hint={t("topicHint.announcements")}
        defaultChecked={chosen.announcements}
      />
    </>
  );
}
