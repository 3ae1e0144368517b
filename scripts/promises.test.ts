import { expect, test } from "vitest";

import { readPromises, readProofs } from "./promises";

const promises = readPromises();
const proofs = readProofs();

test("every promise has its place, once, in order", () => {
  expect(promises.map(({ id }) => id)).toEqual(
    Array.from({ length: 58 }, (_, index) => `P${String(index + 1).padStart(2, "0")}`),
  );
});

test("what is called proved has tests that carry its id and lacks nothing; what lacks something says what", () => {
  const wrong = promises.filter(({ id, state, missing }) =>
    state === "proved"
      ? missing !== "" || !proofs.some(({ ids }) => ids.includes(id))
      : missing === "",
  );
  expect(wrong.map(({ id, state }) => `${id} ${state}`)).toEqual([]);
});

test("no test names a promise that there is not, nor one of which nothing is there yet", () => {
  const known = promises.filter(({ state }) => state !== "not yet").map(({ id }) => id);
  expect(proofs.filter(({ ids }) => ids.some((id) => !known.includes(id)))).toEqual([]);
});
