import { expect, test } from "vitest";

import { GET } from "@/app/.well-known/gaozhi/[file]/route";
import { beijing } from "@/tests/support/context";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";

test("checkpoints are published as a feed, each as it was signed, the newest first", async () => {
  const signer = givenSigner();
  for (const time of ["12:00", "12:01"]) {
    await appendEntries(3);
    await seal(signer, beijing(`2026-03-02 ${time}`));
  }
  const asked = new Request("http://localhost:3000/.well-known/gaozhi/checkpoints");
  const answer = await GET(asked, { params: Promise.resolve({ file: "checkpoints" }) });
  expect(answer.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  const feed = await answer.text();
  const places = signer.notes.map((note) => feed.indexOf(note.split("\n")[2] ?? "?"));
  expect(places).toHaveLength(2);
  expect(places[1]).toBeGreaterThan(0);
  expect(places[0]).toBeGreaterThan(places[1] ?? 0);
  expect(feed).toContain("<updated>2026-03-02T04:01:00.000Z</updated>");
});
