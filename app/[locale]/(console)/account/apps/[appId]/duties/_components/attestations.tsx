import { getLocale, getTranslations } from "next-intl/server";

import { attestAction } from "@/app/[locale]/(console)/account/apps/actions";
import { ActionForm } from "@/components/form/action-form";
import { CheckboxesField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { PRECONDITIONS } from "@/db/vocabulary/policies";
import type { Asked, readAttestations } from "@/domain/policies/attestations";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";

type Props = Awaited<ReturnType<typeof readAttestations>> & { appId: string };

/** The lists that somebody who may bind the account says hold for the app, with who said so and when. */
export async function Attestations({ appId, role, isOpen, asked }: Props) {
  const mayAttest = isOpen && BINDING_ROLES.some((one) => one === role);
  return asked.map((one) => (
    <Attestation key={one.kind} appId={appId} asked={one} mayAttest={mayAttest} />
  ));
}

type OneProps = { appId: string; asked: Asked; mayAttest: boolean };

async function Attestation({ appId, asked, mayAttest }: OneProps) {
  const [t, locale] = await Promise.all([getTranslations("policies.duties.attest"), getLocale()]);
  const { kind, last, holds, points, pointsIn, titles, label, slug } = asked;
  const wordsOf = ({ key, words }: Asked["points"][number]) => {
    const own = PRECONDITIONS.find((one) => one === key);
    return words ?? (own ? t(`precondition.${own}`) : key);
  };
  return (
    <Section
      id={kind}
      title={t(`title.${kind}`)}
      note={
        last ? t("last", { date: formatDate(last.attestedAt, locale), name: last.by }) : t("never")
      }
    >
      <p className="max-w-measure mb-3">
        {t(`lead.${kind}`)}{" "}
        <Link href={at("/policies/*/*", slug, label)}>
          {t("behind", { title: titles[locale], label })}
        </Link>
      </p>
      {last && !holds && (
        <div className="mb-4">
          <Banner tone="warn">{t("changed", { label })}</Banner>
        </div>
      )}
      {holds || !mayAttest ? (
        <>
          <ul lang={pointsIn} className="list-disc space-y-1 pl-5">
            {points.map((point) => (
              <li key={point.key}>{wordsOf(point)}</li>
            ))}
          </ul>
          {!holds && <p className="text-ink-muted mt-3">{t("byBinders")}</p>}
        </>
      ) : (
        <ActionForm action={attestAction} label={t(`title.${kind}`)} className="max-w-measure">
          <input type="hidden" name="appId" value={appId} />
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="textHash" value={asked.textHash} />
          <CheckboxesField
            name="points"
            label={t(`points.${kind}`)}
            options={points.map((point) => ({
              value: point.key,
              label: <span lang={pointsIn}>{wordsOf(point)}</span>,
            }))}
          />
          <div className="mt-4">
            <SubmitButton>{t(`submit.${kind}`)}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Section>
  );
}
