import { asJob } from "@/domain/context";
import { remindRequests } from "@/domain/requests/remind";

/** A working day has begun in Shanghai: handlers and developers hear of the days that come near. */
export const remindOfRequests = (now: Date): Promise<{ sent: number }> =>
  remindRequests(asJob("remind-requests", now), {});
