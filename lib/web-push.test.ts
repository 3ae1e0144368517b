import { expect, test } from "vitest";

import { arePushKeys, encryptPush, MOST_PUSHED, MOST_PUSHED_TEXT, pushPublicKey } from "./web-push";

/** RFC 8291, 5 and appendix A. */
const EXAMPLE = {
  text: "When I grow up, I want to be a watermelon",
  sender: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  keys: {
    p256dh:
      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  },
  body: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};
const drawn = {
  salt: Buffer.from(EXAMPLE.salt, "base64url"),
  key: Buffer.from(EXAMPLE.sender, "base64url"),
};

test("the example of RFC 8291 is encrypted to its bytes", () => {
  const body = encryptPush(EXAMPLE.text, EXAMPLE.keys, drawn);
  expect(body.toString("base64url")).toBe(EXAMPLE.body);
  expect(pushPublicKey(EXAMPLE.sender)).toBe(
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
  );
});

test("the longest message fits into what every push service takes, and is encrypted anew each time", () => {
  const text = "a".repeat(MOST_PUSHED_TEXT);
  const body = encryptPush(text, EXAMPLE.keys);
  expect(body).toHaveLength(MOST_PUSHED);
  expect(encryptPush(text, EXAMPLE.keys).equals(body)).toBe(false);
});

test("what is no key is told from keys", () => {
  expect(arePushKeys(EXAMPLE.keys)).toBe(true);
  for (const p256dh of ["", "AAAA", `${EXAMPLE.keys.p256dh.slice(0, -4)}AAAA`])
    expect(arePushKeys({ ...EXAMPLE.keys, p256dh })).toBe(false);
  expect(arePushKeys({ ...EXAMPLE.keys, auth: "AAAA" })).toBe(false);
});
