import { createReadStream } from "node:fs";
import { mkdir, open, type FileHandle } from "node:fs/promises";
import path from "node:path";

import { addressIn, type Mail } from "./mail";

/** A line of the record: one mail that was accepted. */
export type AcceptedMail = Mail & {
  kind: "mail";
  /** ISO 8601, by the stand-in's clock. */
  at: string;
  id: string;
  /** Idempotency key of its request. */
  key: string | null;
  /** Position in its request, from 0. */
  index: number;
  /** Of the request's raw bytes, so that it equals the hash of the frozen batch. */
  sha256: string;
};

/** The line that ends a request; mails without it behind them were never answered for. */
export type AcceptedRequest = {
  kind: "request";
  at: string;
  endpoint: string;
  key: string | null;
  sha256: string;
  /** The exact answer, to be given again under the same key. */
  answer: string;
};

export type Entry = { id: string; at: number; to: string[]; offset: number; length: number };

export type MailRecord = Awaited<ReturnType<typeof openRecord>>;

const FILE_NAME = "mails.jsonl";

/**
 * The append-only record in a folder. A request's lines are written at once and synced before
 * `append` resolves; what a crash left half-written is cut off when it is opened again.
 * @throws Error when the folder can't be used or a whole line in it is not one of ours
 */
export async function openRecord(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, FILE_NAME);
  const handle = await open(file, "a+", 0o600);
  const loaded = await load(file).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  await handle.truncate(loaded.size);

  const { entries } = loaded;
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  let size = loaded.size;
  let queue: Promise<unknown> = Promise.resolve();
  let isBroken = false;

  async function write(request: AcceptedRequest, mails: AcceptedMail[]): Promise<Entry[]> {
    const lines = [...mails, request].map((line) => Buffer.from(`${JSON.stringify(line)}\n`));
    if (isBroken) throw new Error(`${FILE_NAME} holds half a request; start again to mend it`);
    try {
      await handle.appendFile(Buffer.concat(lines));
      await handle.sync();
    } catch (error) {
      isBroken = true;
      await handle.truncate(size);
      isBroken = false;
      throw error;
    }
    const added = mails.map((mail, index) => {
      const length = lines[index]?.length ?? 0;
      const entry = { ...indexed(mail), offset: size, length };
      size += length;
      return entry;
    });
    size += lines.at(-1)?.length ?? 0;
    for (const entry of added) {
      entries.push(entry);
      byId.set(entry.id, entry);
    }
    return added;
  }

  const read = async (entry: Entry) => readMail(handle, entry);
  return {
    file,
    /** Requests that were accepted before this start, oldest first. */
    requests: loaded.requests,
    /** Every accepted mail without its content, oldest first. */
    entries: (): readonly Entry[] => entries,
    find: (id: string): Entry | undefined => byId.get(id),
    read,
    /** Every accepted mail, oldest first. */
    all: (): Promise<AcceptedMail[]> => Promise.all(entries.map(read)),
    /** Appends one request after all earlier ones. @throws when it could not be made durable */
    append(request: AcceptedRequest, mails: AcceptedMail[]): Promise<Entry[]> {
      const done = queue.then(() => write(request, mails));
      queue = done.catch(() => undefined);
      return done;
    },
    async close(): Promise<void> {
      await queue;
      await handle.close();
    },
  };
}

/** Every mail in a record's folder, read from outside the stand-in, oldest first. */
export async function readRecord(folder: string): Promise<AcceptedMail[]> {
  const { entries } = await load(path.join(folder, FILE_NAME));
  const handle = await open(path.join(folder, FILE_NAME), "r");
  try {
    return await Promise.all(entries.map((entry) => readMail(handle, entry)));
  } finally {
    await handle.close();
  }
}

async function load(file: string) {
  const entries: Entry[] = [];
  const requests: AcceptedRequest[] = [];
  let size = 0;
  let unanswered: Entry[] = [];
  for await (const { text, offset, length } of linesOf(file)) {
    const line = parseLine(text, offset);
    if (line.kind === "mail") {
      unanswered.push({ ...indexed(line), offset, length });
      continue;
    }
    entries.push(...unanswered);
    unanswered = [];
    requests.push(line);
    size = offset + length;
  }
  return { entries, requests, size };
}

/** Splits at line feeds only: readline would also split at U+2028, which JSON leaves as it is. */
async function* linesOf(file: string) {
  let offset = 0;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(file)) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, end)]);
      yield { text: line.toString("utf8"), offset, length: line.length + 1 };
      offset += line.length + 1;
      from = end + 1;
      rest = [];
    }
    rest.push(chunk.subarray(from));
  }
}

async function readMail(handle: FileHandle, entry: Entry): Promise<AcceptedMail> {
  const { buffer } = await handle.read(Buffer.alloc(entry.length), 0, entry.length, entry.offset);
  const line = parseLine(buffer.toString("utf8"), entry.offset);
  if (line.kind !== "mail") throw new Error(`The record holds no mail at byte ${entry.offset}`);
  return line;
}

/** Only this file writes the record, so its lines have the shapes given above. */
function parseLine(text: string, offset: number): AcceptedMail | AcceptedRequest {
  try {
    return JSON.parse(text) as AcceptedMail | AcceptedRequest;
  } catch (cause) {
    throw new Error(`${FILE_NAME} is damaged at byte ${offset}`, { cause });
  }
}

function indexed(mail: AcceptedMail): Pick<Entry, "id" | "at" | "to"> {
  return {
    id: mail.id,
    at: Date.parse(mail.at),
    to: mail.to.map((to) => (addressIn(to) ?? to).toLowerCase()),
  };
}
