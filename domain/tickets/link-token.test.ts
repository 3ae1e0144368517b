import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";

import { signedTicketLink, ticketLinkId } from "./link-token";

describe("the signed part of a ticket link", () => {
  test("opens as the id it was made of", () => {
    const id = randomUUID();
    expect(ticketLinkId(signedTicketLink(id))).toBe(id);
  });

  test("does not open with another id, a changed signature, or in another shape", () => {
    const [id, other] = [randomUUID(), randomUUID()];
    const signature = signedTicketLink(id).split(".")[1]!;
    const turned = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    for (const forged of [
      `${other}.${signature}`,
      `${id}.${turned}`,
      `${id}.${signature}=`,
      `${id.toUpperCase()}.${signature}`,
      `${id}.`,
      id,
      "",
      "../../etc",
      `${id}.${signature}\u0000`,
      "x".repeat(1_000_000),
    ])
      expect(ticketLinkId(forged)).toBeNull();
  });
});
