import { databaseAnswers } from "@/domain/access/ready";
import { asJob } from "@/domain/context";

/** Whether the process can serve readers: it answers and reaches the database. */
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  try {
    await databaseAnswers(asJob("readyz", new Date()), {});
    return new Response("ready\n", { headers: { "Cache-Control": "no-store" } });
  } catch {
    return new Response("the database does not answer\n", {
      status: 503,
      headers: { "Cache-Control": "no-store" },
    });
  }
}
