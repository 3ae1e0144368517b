import { getTranslations } from "next-intl/server";

import { ShortcutHelp } from "@/components/layout/shortcuts";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { readOwnFactors } from "@/domain/access/factors";
import { readOwnSummary } from "@/domain/access/own-data";
import { listOwnSessions } from "@/domain/access/own-sessions";
import { readOwnSettings } from "@/domain/access/own-settings";
import { readCheckpointMails } from "@/domain/audit/checkpoint-mails";
import { listOwnBrowsers } from "@/domain/endpoints/list-browsers";
import { may } from "@/domain/access/permissions";
import { pushPublicKey } from "@/lib/web-push";
import { env } from "@/lib/env";
import { requireContext } from "@/server/session";

import { Browsers } from "./browsers";
import { CheckpointMails } from "./checkpoint-mails";
import { Factors, HelpOthers } from "./factors";
import { HandlerMails } from "./handler-mails";
import { OwnNumber } from "./own-number";
import { OwnData } from "./own-data";
import { PrivacySettings } from "./privacy-settings";
import { Sessions } from "./sessions";

/** The title of the page, in the console and in operations. */
export async function settingsMetadata() {
  const t = await getTranslations("access.settings");
  return { title: t("title") };
}

/** What a person chooses for themselves, where they are signed in, how they prove it, and what is held about them (P23). */
export async function SettingsPage({ isStaff }: { isStaff: boolean }) {
  const ctx = await requireContext("access.changeOwn");
  const isMember = may(ctx.actor, "endpoint.manageOwn");
  const turnsOn = isMember && !isStaff;
  const { PUSH_KEY, APP_ORIGIN } = env();
  const [t, shortcuts, settings, browsers, sessions, factors, data, checkpoints] =
    await Promise.all([
      getTranslations("access.settings"),
      getTranslations("ui.shortcuts"),
      readOwnSettings(ctx, {}),
      isMember && isStaff ? [] : listOwnBrowsers(ctx, {}),
      listOwnSessions(ctx, {}),
      readOwnFactors(ctx, {}),
      readOwnSummary(ctx, {}),
      readCheckpointMails(ctx, {}),
    ]);
  return (
    <>
      <PageHead
        title={t("title")}
        note={
          <>
            {ctx.actor.name} · <span className="wrap-anywhere">{ctx.actor.email}</span>
            <br />
            {t("lead")}
          </>
        }
      />
      <PrivacySettings settings={settings} isStaff={isStaff} />
      {isStaff && <HandlerMails ctx={ctx} />}
      {(turnsOn || browsers.length > 0) && (
        <Browsers
          browsers={browsers}
          turnsOn={turnsOn}
          publicKey={PUSH_KEY ? pushPublicKey(PUSH_KEY) : null}
        />
      )}
      <CheckpointMails
        {...checkpoints}
        isStaff={isStaff}
        address={`${APP_ORIGIN}/.well-known/gaozhi/checkpoint`}
      />
      {!isStaff && <OwnNumber ctx={ctx} turnsOn={turnsOn} />}
      <Sessions sessions={sessions} />
      <Factors own={factors} isStaff={isStaff} />
      {may(ctx.actor, "staff.manage") && <HelpOthers />}
      <OwnData data={data} />
      <Section title={shortcuts("title")}>
        <ShortcutHelp />
      </Section>
    </>
  );
}
