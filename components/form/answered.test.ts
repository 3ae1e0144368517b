import { redirect } from "next/navigation";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { FormState } from "@/server/action";

import { answered, asUnheard } from "./answered";

const IDLE: FormState = { status: "idle" };
const send = (action: () => Promise<FormState>) => answered(action)(IDLE, new FormData());

beforeEach(() => vi.stubGlobal("window", {}));
afterEach(() => vi.unstubAllGlobals());

test("what was answered is passed on", async () => {
  expect(await send(async () => ({ status: "done" }))).toEqual({ status: "done" });
});

test.each([
  ["no network", new TypeError("Failed to fetch"), { messageKey: "errors.unanswered" }],
  [
    "the page of an absent database",
    new Error("An unexpected response was received from the server."),
    { messageKey: "errors.unanswered" },
  ],
  [
    "a fault of ours",
    Object.assign(new Error("hidden"), { digest: "1234" }),
    { messageKey: "errors.broken", values: { id: "1234" } },
  ],
])("%s is a refusal beside the form, which can be sent again", async (_, error, said) => {
  const state = await send(() => Promise.reject(error));
  expect(state).toMatchObject({ status: "refused", fields: {}, ...said });
});

test("what leads elsewhere goes there", async () => {
  const leave = async () => redirect("/en/home");
  await expect(send(leave)).rejects.toThrow("NEXT_REDIRECT");
  await expect(leave().catch(asUnheard)).rejects.toThrow("NEXT_REDIRECT");
  expect(await Promise.reject(new Error("lost")).catch(asUnheard)).toBe(false);
});

test("on the server it is the action itself, to which a browser without scripts posts", () => {
  vi.unstubAllGlobals();
  const action = async () => IDLE;
  expect(answered(action)).toBe(action);
});
