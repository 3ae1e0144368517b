import { useLocale, useTranslations } from "next-intl";

import {
  addBrowserAction,
  removeBrowserAction,
  testBrowserAction,
} from "@/app/[locale]/(console)/settings/actions";
import { DispatchStatus, EndpointStatus } from "@/components/endpoints/endpoint-status";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { OwnBrowsers } from "@/domain/endpoints/list-browsers";

import { PushButton } from "./push-button";

type Props = {
  browsers: OwnBrowsers;
  /** Whether the reader may turn it on here; who has left every account only turns it off. */
  turnsOn: boolean;
  publicKey: string | null;
};

/** In which browsers notices show up for the reader while no page is open, by their consent (P18). */
export function Browsers({ browsers, turnsOn, publicKey }: Props) {
  const t = useTranslations("endpoints.browser");
  const locale = useLocale();
  const standing = browsers.flatMap(({ endedAt, addressHash }) => (endedAt ? [] : [addressHash]));
  return (
    <Section id="browsers" title={t("title")} note={t("count", { count: standing.length })}>
      <p className="max-w-measure mb-3">{t("lead")}</p>
      {turnsOn && publicKey === null && <p>{t("off")}</p>}
      {turnsOn && publicKey !== null && (
        <ActionForm
          action={addBrowserAction}
          label={t("title")}
          doneMessage={t("added")}
          className="max-w-measure"
        >
          <input type="hidden" name="locale" value={locale} />
          <PushButton
            publicKey={publicKey}
            standing={standing}
            words={{
              ...{ checking: t("here.checking"), unsupported: t("here.unsupported") },
              ...{ denied: t("here.denied"), off: t("here.off"), on: t("here.on") },
              ...{ add: t("add"), working: t("working"), failed: t("failed") },
              needsScripts: t("needsScripts"),
            }}
          />
        </ActionForm>
      )}
      {browsers.length > 0 && (
        <ul aria-label={t("title")} className="border-line max-w-measure mt-3 border-t">
          {browsers.map((browser) => (
            <BrowserRow key={browser.id} browser={browser} mayTest={turnsOn} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function BrowserRow({ browser, mayTest }: { browser: OwnBrowsers[number]; mayTest: boolean }) {
  const t = useTranslations("endpoints.browser");
  const { id, host, addedAt, endedAt, endReason, lastStatus } = browser;
  const name = browser.name || t("unknown");
  const field = <input type="hidden" name="endpointId" value={id} />;
  return (
    <li className="border-line flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-ui flex flex-wrap gap-x-3 font-semibold">
          {name}
          <EndpointStatus endReason={endReason} />
        </p>
        <p className="text-ink-muted text-small wrap-anywhere">{host}</p>
        <p className="text-ink-muted text-small [&_time]:whitespace-nowrap">
          {t.rich("since", { at: () => <Time at={addedAt} form="table" /> })}
        </p>
        {lastStatus && (
          <p className="text-small flex flex-wrap gap-x-2">
            {t("last")} <DispatchStatus status={lastStatus} />
          </p>
        )}
      </div>
      {!endedAt && (
        <div className="flex flex-wrap gap-2 print:hidden">
          {mayTest && (
            <ActionForm action={testBrowserAction} doneMessage={t("tested")}>
              {field}
              <SubmitButton variant="outline" size="sm" aria-label={t("testNamed", { name })}>
                {t("test")}
              </SubmitButton>
            </ActionForm>
          )}
          <ActionForm action={removeBrowserAction}>
            {field}
            <SubmitButton variant="outline" size="sm" aria-label={t("endNamed", { name })}>
              {t("end")}
            </SubmitButton>
          </ActionForm>
        </div>
      )}
    </li>
  );
}
