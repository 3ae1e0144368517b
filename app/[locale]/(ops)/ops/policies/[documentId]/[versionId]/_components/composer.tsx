import { getLocale, getTranslations } from "next-intl/server";

import {
  ComposerForm,
  ComposerStanding,
  DiscardForm,
  PREVIEW_HEIGHT,
} from "@/app/[locale]/(ops)/ops/_reviews/composer";
import { DraftHistory, TypedBefore } from "@/app/[locale]/(ops)/ops/_reviews/draft-history";
import { TestMail } from "@/app/[locale]/(ops)/ops/_reviews/test-mail";
import { DraftKeeper } from "@/app/[locale]/(ops)/ops/_reviews/draft-keeper";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { listTestReaders } from "@/domain/broadcasts/test-mail";
import { type Context, type Person } from "@/domain/context";
import { type OpsVersion } from "@/domain/policies/find-version";
import { listVersionStates } from "@/domain/policies/kept-wordings";
import { at, withLanguage } from "@/lib/addresses";

import { compose, discard, mailTest } from "../actions";
import { Audience } from "./audience";
import { CheckList } from "./check-list";
import { ComposerFields, versionParts } from "./composer-fields";
import { ImportForm } from "./import-form";
import { ImportWarnings } from "./import-warnings";
import { ManifestDesk } from "./manifest-desk";
import { Preview } from "./preview";
import { VersionChecks } from "./version-checks";
import { VersionHead } from "./version-head";

type Props = { ctx: Context & { actor: Person }; read: OpsVersion };

/** The author's desk: the text, the changes, the questions, and beside them what will leave. */
export async function Composer({ ctx, read }: Props) {
  const { version, document, reviews, missing } = read;
  const [t, r, locale, states, people] = await Promise.all([
    getTranslations("policies.ops.composer"),
    getTranslations("reviews"),
    getLocale(),
    listVersionStates(ctx, { versionId: version.id }),
    listTestReaders(ctx, {}),
  ]);
  const here = at("/ops/policies/*/*", document.id, version.id);
  const hidden = { versionId: version.id, revision: version.revision };
  return (
    <>
      <VersionHead
        {...read}
        actions={
          <ButtonLink href={at("/ops/policies/*/*/review", document.id, version.id)}>
            {r("composer.whatLeaves")}
          </ButtonLink>
        }
      />
      <ComposerStanding
        thing={version}
        reviews={reviews}
        returnedBy={(name) => t("rejected", { name })}
      />
      <TypedBefore states={states} here={here} readerId={ctx.actor.id} />
      <ImportForm version={version} document={document} />
      <ImportWarnings {...read} />
      <ManifestDesk {...read} />
      <VersionChecks {...read} isOpen={version.status === "draft"} />
      <ComposerForm
        now={ctx.now}
        thing={version}
        hidden={{ ...hidden, documentId: document.id }}
        action={compose}
        label={t("form")}
        note={t("bound")}
        parts={await versionParts()}
        isComplete={Object.keys(missing).length === 0}
        checks={<CheckList label={r("aside.check")} missing={missing} />}
        audience={
          <Section title={t("aside.audience")}>
            <Audience ctx={ctx} {...read} />
          </Section>
        }
        preview={<Preview ctx={ctx} {...read} height={PREVIEW_HEIGHT} />}
        keeper={
          <DraftKeeper
            to={withLanguage(locale, at("/ops/drafts/*/*", "version", version.id))}
            here={withLanguage(locale, here)}
            revision={version.revision}
          />
        }
      >
        <ComposerFields ctx={ctx} {...read} />
      </ComposerForm>
      {read.isTold && (
        <TestMail
          action={mailTest}
          hidden={{ versionId: version.id }}
          people={people}
          readerId={ctx.actor.id}
        />
      )}
      <DraftHistory states={states} here={here} />
      {version.status === "draft" && (
        <DiscardForm
          hidden={hidden}
          action={discard}
          title={t("discardTitle", { label: version.label })}
          text={t(reviews.length > 0 ? "discardKept" : "discardText")}
        />
      )}
    </>
  );
}
