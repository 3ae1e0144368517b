import { Worker } from "node:worker_threads";

/** Work was not done because it took, or would have had to wait, too long. */
export class Overloaded extends Error {
  constructor(readonly because: "time" | "queue") {
    super(`work given up for want of ${because}`);
    this.name = "Overloaded";
  }
}

/** What a thread says first: that it has loaded what it runs. */
export const LOADED = "loaded";

/** Milliseconds in which a thread has loaded: its program is read from sources, which a busy machine takes its time for. */
const LOAD_MS = 120_000;

type Budget = {
  /**
   * The file that each thread runs: it says `LOADED` and answers every message, one at a time, with one of
   * its own.
   */
  file: string;
  threads: number;
  /**
   * Milliseconds of processor time that one piece of work may have of a thread that has loaded; the thread
   * ends with it.
   */
  workMs: number;
  /** Milliseconds for which one may wait for a thread, and how many may wait at once. */
  waitMs: number;
  waiting: number;
  /** Of each thread's heap; work that needs more ends its thread. */
  megabytes: number;
};

type Work = {
  message: unknown;
  timer: NodeJS.Timeout;
  resolve: (answer: unknown) => void;
  reject: (reason: unknown) => void;
};

/**
 * A few threads for work that would hold the process up, each piece of it within a budget of time
 * and memory. They are started when there is something to do and keep no process alive.
 */
export class ThreadPool {
  readonly #budget: Budget;
  readonly #idle: Worker[] = [];
  readonly #line: Work[] = [];
  readonly #threads = new Set<Worker>();
  readonly #loading = new Set<Worker>();

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  get isLineFull(): boolean {
    return this.#line.length >= this.#budget.waiting;
  }

  /** The answer to a message. @throws Overloaded, or what ended the thread */
  run(message: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.isLineFull) return reject(new Overloaded("queue"));
      const timer = setTimeout(() => {
        this.#line.splice(this.#line.indexOf(work), 1);
        reject(new Overloaded("queue"));
      }, this.#budget.waitMs);
      const work: Work = { message, timer, resolve, reject };
      this.#line.push(work);
      this.#begin();
    });
  }

  /** Ends its threads, for who needs it no more; what they are at is given up. */
  end(): void {
    for (const { timer, reject } of this.#line.splice(0)) {
      clearTimeout(timer);
      reject(new Error("the threads were ended"));
    }
    for (const thread of this.#threads) void thread.terminate();
  }

  #begin(): void {
    if (this.#line.length === 0) return;
    const thread =
      this.#idle.pop() ?? (this.#threads.size < this.#budget.threads ? this.#start() : null);
    const work = thread && this.#line.shift();
    if (work) this.#give(thread, work);
  }

  #start(): Worker {
    const thread = new Worker(/* turbopackIgnore: true */ this.#budget.file, {
      // What this process was started with is not the thread's: a leash, a test's hooks.
      execArgv: [],
      // Of our secrets a thread needs none.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: this.#budget.megabytes },
    });
    // One that is left by the work it did is nobody's unhandled error.
    thread.on("error", () => undefined);
    this.#threads.add(thread);
    this.#loading.add(thread);
    return thread;
  }

  #give(thread: Worker, work: Work): void {
    clearTimeout(work.timer);
    let reason: unknown = new Error("a thread ended at its work");
    const giveUp = () => {
      reason = new Overloaded("time");
      void thread.terminate();
    };
    const beginWork = () => afterProcessorTime(this.#budget.workMs, giveUp);
    let disarm = this.#loading.has(thread) ? afterTime(LOAD_MS, giveUp) : beginWork();
    const onError = (error: unknown) =>
      (reason = isOutOfMemory(error) ? new Overloaded("time") : error);
    const onExit = () => {
      this.#threads.delete(thread);
      this.#loading.delete(thread);
      leave();
      work.reject(reason);
    };
    const onMessage = (answer: unknown) => {
      if (this.#loading.delete(thread)) {
        disarm();
        disarm = beginWork();
        return;
      }
      this.#idle.push(thread);
      thread.unref();
      leave();
      work.resolve(answer);
    };
    const leave = () => {
      disarm();
      thread.off("error", onError).off("exit", onExit).off("message", onMessage);
      this.#begin();
    };
    thread.ref();
    thread.on("error", onError).on("exit", onExit).on("message", onMessage);
    thread.postMessage(work.message);
  }
}

/** @returns what keeps it from happening */
function afterTime(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

/** How many times as long by the clock work may take where others have the processor. */
const BUSY = 6;

/**
 * Acts when so much time has gone by and this process has had as much of a processor since, so that work is not
 * given up because the machine does another's. All threads count, for one cannot be told from the others.
 * @returns what keeps it from happening
 */
function afterProcessorTime(ms: number, act: () => void): () => void {
  const [clock, processor] = [performance.now(), process.cpuUsage()];
  const look = (): void => {
    const { user, system } = process.cpuUsage(processor);
    const left = ms - (user + system) / 1000;
    if (left <= 0 || performance.now() - clock >= ms * BUSY) act();
    else disarm = afterTime(Math.max(left, 10), look);
  };
  let disarm = afterTime(ms, look);
  return () => disarm();
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
