import { useLocale, useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { linkClass } from "@/components/ui/link";
import type { EvidenceScope } from "@/db/vocabulary/evidence";
import { at, withLanguage } from "@/lib/addresses";

type Props = { scope: EvidenceScope; id: string };

/** Takes away all there is about a thing, as one zip. */
export function GatherLink({ scope, id }: Props) {
  const t = useTranslations("verify.gathered");
  const locale = useLocale();
  return (
    <a
      href={withLanguage(locale, at("/evidence/of/*/*", scope, id))}
      download
      className={linkClass()}
    >
      {t(`take.${scope}`)}
    </a>
  );
}

/** The same of some days, which of the whole record must be named. The form works without scripts: it asks for a file. */
export function GatherForm({ scope, id }: Props) {
  const t = useTranslations("verify.gathered");
  const locale = useLocale();
  const days = ["from", "to"] as const;
  return (
    <form
      action={withLanguage(locale, at("/evidence/of/*/*", scope, id))}
      className="flex flex-wrap items-end gap-3 print:hidden"
    >
      {days.map((name) => (
        <Field key={name} id={`${name}-${id}`} label={t(name)} className="max-w-full min-w-0">
          <Input id={`${name}-${id}`} name={name} type="date" required={scope === "record"} />
        </Field>
      ))}
      <Button type="submit" variant="outline">
        {t(`take.${scope}`)}
      </Button>
    </form>
  );
}
