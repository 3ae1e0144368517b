import { eq } from "drizzle-orm";

import { endpoints } from "@/db/schema";

import { verb } from "../verb";
import { changeEndpointInput } from "./input";
import { lockOwnEndpoint, recorded } from "./lock-own";

/** What an endpoint is called, what it is told of and in which language. @throws NotFound, NotAllowed, Conflict */
export const changeEndpoint = verb({
  may: "endpoint.manageOwn",
  input: changeEndpointInput,

  async run({ tx, actor, record, unchanged }, { endpointId, name, topics, locale }) {
    const before = await lockOwnEndpoint(tx, actor, endpointId);
    const isSame =
      before.name === name &&
      before.locale === locale &&
      [...before.topics].sort().join() === [...topics].sort().join();
    if (isSame) return unchanged();
    const [after] = await tx
      .update(endpoints)
      .set({ name, topics, locale })
      .where(eq(endpoints.id, endpointId))
      .returning();
    if (!after) throw new Error("the endpoint was not written");
    await record("endpoint.changed", {
      ...{ id: endpointId, before: recorded(before), after: recorded(after) },
    });
  },
});
