// Loaded before a web process: for it, it is so many milliseconds later than it is.
const AHEAD = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const { UTC, parse } = Date;
const RealDate = Date;

// Next makes its own of this class and copies only what the class itself has.
globalThis.Date = class extends RealDate {
  static UTC = UTC;
  static parse = parse;
  static now = () => RealDate.now() + AHEAD;

  constructor(...given) {
    super(...(given.length > 0 ? given : [RealDate.now() + AHEAD]));
  }
};
