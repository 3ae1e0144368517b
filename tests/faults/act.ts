import { closeDatabase } from "@/db/client";
import { pauseBroadcast } from "@/domain/broadcasts/pause";
import { tellProduct } from "@/tests/support/broadcasts";
import type { Person } from "@/domain/context";
import { sendNoticeAlone } from "@/domain/incidents/send-alone";
import { provideFor } from "@/tests/support/environment";

import { openWebhookDoor } from "./webhook-door";

/**
 * What a web process does, in a process of its own that can be killed in the middle of it (die-at.mjs):
 * `tell` a product, `pause` a broadcast, send a notice `alone`, or open the `door` for webhooks at a port.
 */
const [act, id = "", actor = "null"] = process.argv.slice(2);
provideFor(process.env.FAULTS_DATABASE_URL ?? "");
const ctx = { actor: JSON.parse(actor) as Person, now: new Date() };
if (act === "door") {
  await openWebhookDoor(Number(id));
  process.stdout.write("open\n");
} else {
  if (act === "tell") await tellProduct(ctx, id);
  if (act === "pause") await pauseBroadcast(ctx, { broadcastId: id });
  if (act === "alone") {
    const [noticeId = "", contentHash = "", people] = id.split(" ");
    const reason = "批准人联系不上。";
    await sendNoticeAlone(ctx, { noticeId, contentHash, reason, typedPeople: Number(people) });
  }
  await closeDatabase();
}
