// Loaded before a child's own program: when its launcher is gone, even by kill -9, the channel
// between them closes and the child ends, so that nothing is left behind on the port.
const GRACE = 5_000;

// What the child forks itself gets this file too and would miss its parent's first message: left alone.
if (process.channel && process.env.GAOZHI_LAUNCHER === String(process.ppid)) {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE).unref();
  });
  // A listener counts as a reason to stay alive; a program that has finished shall end.
  process.channel.unref();
}
