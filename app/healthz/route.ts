/** Whether the process answers; says nothing about the database (see /readyz). */
export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response("ok\n", { headers: { "Cache-Control": "no-store" } });
}
