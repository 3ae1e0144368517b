import { expect, test } from "vitest";

import { calendarDate, moment, prose } from "./input";

test("a text keeps what can be read: line ends become one kind, tabs stay, other control characters go", () => {
  expect(prose(100).parse("一\r\n二\r三\v四\u2028五\t六\u0007\u001b\u009f")).toBe(
    "一\n二\n三\n四\n五\t六",
  );
});

test("days and moments that PostgreSQL cannot write are refused", () => {
  for (const day of ["0000-01-01", "0001-01-01", "9999-12-31"])
    expect(calendarDate().safeParse(day).success, day).toBe(false);
  expect(calendarDate().parse("9999-12-30")).toBe("9999-12-30");
  for (const at of ["0000-06-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59:00-14:00"])
    expect(moment.safeParse(at).success, at).toBe(false);
  expect(moment.parse("9999-12-31T23:59").toISOString()).toBe("9999-12-31T15:59:00.000Z");
});
