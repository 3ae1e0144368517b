import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { DEVELOPER_WORKING_DAYS } from "@/domain/requests/developer-due";
import { findRouteTarget, type RouteTarget } from "@/domain/requests/route";

import { route } from "../actions";
import { Disclosure } from "./disclosure";
import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";

/**
 * Sending an end user's request on to the developer: the app the requester named, or else one that
 * the handler looks up first. Either way the company stands here before anything goes to it.
 */
export async function RouteForm({ ctx, found, wantedApp }: RequestParts) {
  if (found.requesterKind === "developer") return null;
  const t = await getTranslations("requests.desk.do");
  const { isNamed, target, missing } = await findRouteTarget(ctx, {
    number: found.number,
    sdkAppId: wantedApp,
  });
  return (
    <Disclosure title={t("routeOpen")} isOpen={wantedApp !== ""}>
      {isNamed && !target && <p>{t("routeNobody", { sdkAppId: missing })}</p>}
      {!isNamed && (
        <LookUp found={found} wantedApp={wantedApp} isMissing={missing !== "" && !target} />
      )}
      {target && <HandOver found={found} target={target} isNamed={isNamed} />}
    </Disclosure>
  );
}

type LookUpProps = Pick<RequestParts, "found" | "wantedApp"> & { isMissing: boolean };

/** Finds an app by its number; nothing is sent by it. */
async function LookUp({ found, wantedApp, isMissing }: LookUpProps) {
  const t = await getTranslations("requests.desk.do");
  const errors = await getTranslations("requests.errors");
  const hint = found.appName ? t("lookUpHint", { app: found.appName }) : t("lookUpHintNone");
  const error = isMissing ? errors("noSuchApp") : undefined;
  return (
    <form method="get" aria-label={t("lookUp")} className="mb-4 max-w-100">
      <Field id="wanted-app" label={t("sdkAppId")} hint={hint} required error={error}>
        <Input
          id="wanted-app"
          name="app"
          required
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          defaultValue={wantedApp}
          aria-describedby={error ? "wanted-app-error wanted-app-hint" : "wanted-app-hint"}
          aria-invalid={isMissing}
        />
      </Field>
      <Button type="submit" className="mt-3">
        {t("lookUp")}
      </Button>
    </form>
  );
}

type HandOverProps = Pick<RequestParts, "found"> & { target: RouteTarget; isNamed: boolean };

/** The company, the app and the one button. */
async function HandOver({ found, target, isNamed }: HandOverProps) {
  const [t, cases] = [
    await getTranslations("requests.desk.do"),
    await getTranslations("requests.desk.case"),
  ];
  const { appId, accountId, appName, sdkAppId, accountName, uin } = target;
  return (
    <ActionForm
      action={route}
      label={t("route")}
      confirm={{
        title: t("routeTitle", { account: accountName }),
        body: t("routeBody", { account: accountName, app: appName, sdkAppId }),
        confirmLabel: t("routeTo", { account: accountName }),
      }}
    >
      <RevisionFields found={found} />
      <input type="hidden" name="appId" value={appId} />
      <input type="hidden" name="accountId" value={accountId} />
      <Facts
        facts={[
          { term: cases("account"), value: `${accountName} ${uin}` },
          { term: cases("app"), value: `${appName} ${sdkAppId}` },
        ]}
      />
      <p className="text-small text-ink-muted mt-2">
        {t(isNamed ? "routeNamed" : "routePicked")}{" "}
        {t("routeHint", { days: DEVELOPER_WORKING_DAYS })}
      </p>
      <div className="mt-3">
        <SubmitButton variant="outline">{t("routeTo", { account: accountName })}</SubmitButton>
      </div>
    </ActionForm>
  );
}
