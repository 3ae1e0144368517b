import { settingsMetadata, SettingsPage } from "@/app/[locale]/_settings/settings-page";

export const generateMetadata = settingsMetadata;

export default function OwnSettingsPage() {
  return <SettingsPage isStaff={true} />;
}
