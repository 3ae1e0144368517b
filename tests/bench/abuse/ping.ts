import http from "node:http";

/**
 * A program of its own: asks an address ten times a second, whether or not the last answer has
 * come, and prints how long each took from the moment it was due, in milliseconds, when it is ended.
 */
/** Often enough to meet what stalls, and seldom enough not to be the load itself. */
const EVERY = 100;
/** Milliseconds for which it waits at its end for what it has asked: then it says Infinity of it. */
const WAITS = 10_000;
const [address = ""] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
const taken: number[] = [];
const start = performance.now();
let asked = 0;

const timer = setInterval(() => {
  for (; asked * EVERY <= performance.now() - start; asked += 1) {
    const due = start + asked * EVERY;
    http
      .get(address, { agent }, (answer) => {
        answer.resume().on("end", () => taken.push(performance.now() - due));
      })
      .on("error", () => taken.push(Infinity));
  }
}, 1);

process.once("SIGTERM", () => {
  clearInterval(timer);
  const end = performance.now() + WAITS;
  // The last was asked a moment ago: its answer is on its way, as long as that takes.
  const ended = setInterval(() => {
    if (taken.length < asked && performance.now() < end) return;
    clearInterval(ended);
    while (taken.length < asked) taken.push(Infinity);
    process.stdout.write(JSON.stringify(taken.map((ms) => (ms === Infinity ? null : ms))), () =>
      process.exit(0),
    );
  }, 1);
});
process.stdout.write("ready\n");
