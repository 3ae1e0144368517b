// Loaded before the portal whose pictures are taken: for it every moment is this one, a Wednesday.
const MOMENT = Date.parse("2026-06-10T10:30:00+08:00");
const { UTC, parse } = Date;

// Next makes its own of this class and copies only what the class itself has.
globalThis.Date = class extends Date {
  static UTC = UTC;
  static parse = parse;
  static now = () => MOMENT;

  constructor(...given) {
    super(...(given.length > 0 ? given : [MOMENT]));
  }
};
