import { expect, test } from "vitest";

import { SAMPLE_SENDER } from "./_components/samples";
import { renderBroadcastMail } from "./render";
import RequestUpdate from "./request-update";

test("P38: what goes first says to no handler that how it comes is theirs to choose", async () => {
  const { facts } = RequestUpdate.PreviewProps;
  const text = async (isUrgent: boolean) => {
    const told = { ...facts, event: "handler_filed", type: "delete", isUrgent } as const;
    const sender = { ...SAMPLE_SENDER, locale: "zh-CN" } as const;
    return (await renderBroadcastMail({ kind: "request_update", facts: told }, sender)).text;
  };
  expect(await text(true)).toContain("不能退订");
  expect(await text(false)).not.toContain("不能退订");
});
