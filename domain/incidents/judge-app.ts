import type { AudienceRule } from "@/db/schema";
import {
  type DeclarationTopic,
  type Platform,
  PLATFORMS,
  type Region,
} from "@/db/vocabulary/accounts";

import { judge } from "./version-range";

/** An app as it was registered at some moment. */
export type RegisteredApp = {
  sdkAppId: string;
  productId: string;
  region: Region;
  apiOnly: boolean;
  platforms: Partial<Record<Platform, string>>;
  isClosed: boolean;
  /** Whether its account takes part in rehearsals; absent is yes. */
  takesRehearsals?: boolean;
  /** What follows from what it declared last; absent where it declared nothing. */
  declared: Partial<Record<DeclarationTopic, boolean>>;
  /** Of its account. */
  tags: readonly string[];
  /** Whether the broadcast that the rule names had told its account of it. */
  wasTold: boolean;
};

/** Why a rule leaves an app out; the first that holds is named. */
export type LeftOut =
  | "product"
  | "closed"
  | "undecided"
  | "rehearsal"
  | "excluded"
  | "unnamed"
  | "region"
  | "declared"
  | "tags"
  | "told"
  | "way"
  | "version";

/** The rule of `affectedApps` in words, one app at a time: why it leaves the app out, null where it does not. */
export function whyLeftOut(app: RegisteredApp, rule: AudienceRule): LeftOut | null {
  const { sdkAppIds: named, excludedSdkAppIds: excluded, regions } = rule;
  const shut = shutOut(app, rule);
  if (shut) return shut;
  if (excluded.includes(app.sdkAppId)) return "excluded";
  if (named.length > 0) return named.includes(app.sdkAppId) ? null : "unnamed";
  if (regions.length > 0 && !regions.includes(app.region)) return "region";
  if (!isAsDeclared(app, rule)) return "declared";
  return accountLeftOut(app, rule) ?? wayLeftOut(app, rule);
}

/** By whose it is. */
function accountLeftOut({ tags, wasTold }: RegisteredApp, rule: AudienceRule): LeftOut | null {
  if (rule.tags && !rule.tags.some((tag) => tags.includes(tag))) return "tags";
  return rule.toldBy && !wasTold ? "told" : null;
}

/** What no choice of apps brings in. */
function shutOut(app: RegisteredApp, rule: AudienceRule): LeftOut | null {
  if (app.productId !== rule.productId) return "product";
  if (app.isClosed) return "closed";
  if (rule.undecided) return "undecided";
  return rule.rehearsal && app.takesRehearsals === false ? "rehearsal" : null;
}

/** Whoever has not said may be one; of several topics one is enough. */
const isAsDeclared = ({ declared: said }: RegisteredApp, { declared = [] }: AudienceRule) =>
  declared.length === 0 || declared.some((topic) => said[topic] !== false);

function wayLeftOut(app: RegisteredApp, rule: AudienceRule): LeftOut | null {
  const isAnyWay = rule.platforms.length === 0 && !rule.apiOnly;
  const used = PLATFORMS.filter((platform) => app.platforms[platform]);
  if (used.length === 0 && app.apiOnly) {
    const isMeant = rule.apiOnly || (isAnyWay && rule.versionRange === "");
    return isMeant ? null : "way";
  }
  return sdkLeftOut(app, { used, meant: isAnyWay ? PLATFORMS : rule.platforms, rule });
}

type Ways = { used: readonly Platform[]; meant: readonly Platform[]; rule: AudienceRule };

/** An app of which nothing is known may use any of the platforms that are meant. */
function sdkLeftOut(app: RegisteredApp, { used, meant, rule }: Ways): LeftOut | null {
  if (meant.length === 0) return "way";
  if (used.length === 0) return null;
  const versions = used.flatMap((one) => (meant.includes(one) ? [app.platforms[one] ?? ""] : []));
  if (versions.length === 0) return "way";
  const { versionRange: range } = rule;
  return versions.some((one) => range === "" || judge(one, range) !== "out") ? null : "version";
}
