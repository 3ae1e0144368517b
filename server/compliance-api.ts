import "server-only";

import { listAppIncidents } from "@/domain/incidents/app-incidents";
import { readAppAsks } from "@/domain/policies/app-asks";
import { at } from "@/lib/addresses";
import { hashOf } from "@/lib/hash";

import type { ComplianceState } from "./api-operations";
import { byToken } from "./api";
import { preferredLocale } from "./problem";
import { publicAddress } from "./public-metadata";

/** A pipeline asks once a build. */
const CALLS_PER_MINUTE = 600;

/**
 * Whether an app may be released as far as the portal knows: what waits for its account's answer, which
 * versions were accepted, and which incidents concern its SDK versions (docs/api.md).
 */
export const getCompliance = byToken<{ id: string }>({
  may: "app.readCompliance",
  limit: CALLS_PER_MINUTE,
  async run({ ctx, request, params }) {
    const sdkAppId = params.id.slice(0, 40);
    const { app, documents, asks } = await readAppAsks(ctx, { sdkAppId });
    const incidents = await listAppIncidents(ctx, { sdkAppId });
    const locale = preferredLocale(request);
    const failures = [
      ...asks
        .filter(({ state }) => state === "overdue" || state === "disagreed")
        .map(({ document, label, state }) => `${document} ${label}: ${state}`),
      ...incidents
        .filter(({ isRequired, done, items }) => isRequired && done < items)
        .map(({ number }) => `${number}: advice open`),
    ];
    const state: ComplianceState = {
      app,
      passes: failures.length === 0,
      failures,
      documents,
      asks: asks.map(({ versionId, ...ask }) => ({
        ...ask,
        effectiveAt: ask.effectiveAt.toISOString(),
        url: publicAddress(locale, at("/acknowledgements/*", versionId)),
      })),
      incidents: incidents.map((incident) => ({
        ...incident,
        url: publicAddress(locale, at("/incidents/*", incident.number)),
      })),
    };
    const etag = `"${hashOf(state)}"`;
    const headers = { ETag: etag, "Cache-Control": "private, no-cache" };
    if (request.headers.get("if-none-match") === etag)
      return new Response(null, { status: 304, headers });
    return Response.json(state, { headers });
  },
});
