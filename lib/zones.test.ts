import { expect, test } from "vitest";

import { TIME_ZONES } from "@/db/vocabulary/zones";

import { minuteIn, momentsAt } from "./zones";

const at = (minute: string, zone: string) =>
  momentsAt(minute, zone).map((one) => one.toISOString());

test("a minute is once on a clock, not at all where summer time begins, twice where it ends", () => {
  expect(at("2027-01-11T09:30", "America/New_York")).toEqual(["2027-01-11T14:30:00.000Z"]);
  expect(at("2027-07-12T09:30", "America/New_York")).toEqual(["2027-07-12T13:30:00.000Z"]);
  expect(at("2027-03-14T02:30", "America/New_York")).toEqual([]);
  expect(at("2027-03-14T03:00", "America/New_York")).toEqual(["2027-03-14T07:00:00.000Z"]);
  expect(at("2027-11-07T01:30", "America/New_York")).toEqual([
    "2027-11-07T05:30:00.000Z",
    "2027-11-07T06:30:00.000Z",
  ]);
  expect(at("2027-03-28T02:30", "Europe/Berlin")).toEqual([]);
  expect(at("2027-10-31T02:59", "Europe/Berlin")).toHaveLength(2);
  expect(at("2027-11-07T01:30", "Asia/Shanghai")).toEqual(["2027-11-06T17:30:00.000Z"]);
  expect(at("2027-06-01T00:00", "Asia/Kolkata")).toEqual(["2027-05-31T18:30:00.000Z"]);
});

test("what a field is given leads back to the moment it was made from, in each zone that is offered", () => {
  for (const zone of TIME_ZONES)
    for (let hour = 0; hour < 365 * 24; hour += 5) {
      const moment = new Date(Date.UTC(2027, 0, 1, hour, 17));
      expect(momentsAt(minuteIn(zone, moment), zone).map(Number)).toContain(moment.getTime());
    }
});

test("a year that somebody mistyped is a moment too, in each zone that is offered", () => {
  for (const zone of TIME_ZONES)
    for (const minute of ["0202-06-01T09:30", "1000-01-01T00:00", "9999-12-31T23:59"]) {
      const [only, another] = momentsAt(minute, zone);
      expect([only && minuteIn(zone, only), another]).toEqual([minute, undefined]);
    }
});
