import { getTranslations } from "next-intl/server";

import { RadiosField, TextField } from "@/components/form/fields";
import type { Notice } from "@/db/schema";
import { WAVE_LIMITS, WAVE_MEASURES } from "@/db/vocabulary/waves";
import { USUAL_WAVES } from "@/domain/broadcasts/wave-rules";

/** Whether it goes to everybody at once or first to some of them, and what stops it by itself after those. */
export async function WaveFields({ waves }: Pick<Notice, "waves">) {
  const t = await getTranslations("incidents.desk.composer.telling.waves");
  const plan = waves ?? USUAL_WAVES;
  const number = { required: true, autoComplete: "off", className: "max-w-40" } as const;
  return (
    <div className="group/waves mt-5 group-has-[[value=no]:checked]/telling:hidden">
      <RadiosField
        name="waves.by"
        label={t("by")}
        required
        defaultValue={waves?.by ?? "once"}
        options={(["once", ...WAVE_MEASURES] as const).map((value) => ({
          value,
          label: t(`who.${value}`),
          hint: t(`hint.${value}`),
        }))}
      />
      <div className="mt-5 group-has-[[value=once]:checked]/waves:hidden">
        <TextField
          {...number}
          name="waves.first"
          label={t("first")}
          hint={t("firstHint")}
          inputMode="numeric"
          defaultValue={plan.first}
        />
        <TextField
          {...number}
          name="waves.waitMinutes"
          label={t("wait")}
          hint={t("waitHint")}
          inputMode="numeric"
          defaultValue={plan.waitMinutes}
        />
        {WAVE_LIMITS.map((limit) => (
          <TextField
            key={limit}
            {...number}
            name={`waves.${limit}`}
            label={t(`limit.${limit}`)}
            hint={t(`limitHint.${limit}`)}
            inputMode="decimal"
            defaultValue={plan[limit]}
          />
        ))}
      </div>
    </div>
  );
}
