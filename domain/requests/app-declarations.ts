import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { appDeclarations, apps, type DeclaredAnswer, type Request, requests } from "@/db/schema";
import type { LegalRegion } from "@/db/vocabulary/requests";

import { DISPOSAL_TYPES } from "./rights";

/** Of each topic; null is not declared, and never read as a no. */
export type AppDeclared = {
  minors: { applies: boolean; answer: DeclaredAnswer } | null;
  eea: { applies: boolean; answer: DeclaredAnswer } | null;
};

type Concerned = Pick<Request, "appId" | "namedSdkAppId">;

/**
 * What the app of a request has declared: the one it was routed to or filed for, else the one its
 * requester names. Of no app, or one we do not know, null: there is nobody who could have declared.
 */
export async function declaredOfApp(db: Db | Tx, request: Concerned): Promise<AppDeclared | null> {
  const [app] = await db
    .select({ id: apps.id })
    .from(apps)
    .where(
      request.appId ? eq(apps.id, request.appId) : eq(apps.sdkAppId, request.namedSdkAppId ?? ""),
    );
  if (!app) return null;
  const rows = await db
    .select()
    .from(appDeclarations)
    .where(eq(appDeclarations.appId, app.id))
    .orderBy(desc(appDeclarations.revision));
  const latest = (topic: keyof AppDeclared) => rows.find((one) => one.topic === topic) ?? null;
  return { minors: latest("minors"), eea: latest("eea") };
}

/**
 * Whose law sets a limit of its own: where the person says to be, else the EEA where the app's owner
 * declared that the GDPR applies to it (P49).
 */
export async function regionOf(
  db: Db | Tx,
  request: Concerned & { region: LegalRegion | null },
): Promise<LegalRegion | null> {
  if (request.region) return request.region;
  return (await declaredOfApp(db, request))?.eea?.applies ? "eea" : null;
}

/** Whether the app of a statement's request declared that it is for children. */
export const IS_OF_CHILDRENS_APP = sql<boolean>`coalesce((
  select d.applies from app_declarations d
  where d.app_id = coalesce(${requests.appId}, (
    select p.id from apps p where p.sdk_app_id = ${requests.namedSdkAppId}
  )) and d.topic = 'minors' order by d.revision desc limit 1
), false)`;

/** The same as `isPriority`, of a statement's request. */
export const GOES_FIRST: SQL = sql`(${requests.type} = 'child_data' or (
  ${requests.type} = any(${sql.param([...DISPOSAL_TYPES])}::text[]) and ${IS_OF_CHILDRENS_APP}
))`;

/** Which of these go first, as `isPriority` says, by what their apps declare today. */
export async function urgentAmong(
  db: Db | Tx,
  cases: readonly Pick<Request, "id">[],
): Promise<Set<string>> {
  const ids = cases.map(({ id }) => id);
  const rows = await db
    .select({ id: requests.id })
    .from(requests)
    .where(and(inArray(requests.id, ids), GOES_FIRST));
  return new Set(rows.map(({ id }) => id));
}
