import { expect, test } from "vitest";

import { prose } from "./input";

test("a text keeps what can be read: line ends become one kind, tabs stay, other control characters go", () => {
  expect(prose(100).parse("一\r\n二\r三\v四\u2028五\t六\u0007\u001b\u009f")).toBe(
    "一\n二\n三\n四\n五\t六",
  );
});
