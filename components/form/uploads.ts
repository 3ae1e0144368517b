import { useRef, useState } from "react";

import type { Said } from "@/server/said";

export type Upload = {
  key: number;
  file: File;
  /** Of 1; undefined while it waits for those before it. */
  sent?: number;
  refusal?: Refusal;
};
type Refusal = {
  messageKey: string;
  values?: Record<string, string | number>;
  said?: Said;
  /** The file was not looked at: the same may work another time. */
  again: boolean;
};

/** Where one file is sent, and what happens once it is kept. */
type Wish = { to: string; most: number; onKept: (name: string) => void };

/**
 * Files sent one after another while the page stays: each with its progress, each to be cancelled or
 * tried again. Those that are kept leave the list, those that are not stay with the reason.
 */
export function useUploads({ to, most, onKept }: Wish) {
  const list = useRef<readonly Upload[]>([]);
  const tail = useRef<Promise<void>>(Promise.resolve());
  const running = useRef<{ key: number; request: XMLHttpRequest }>(null);
  const [uploads, show] = useState<readonly Upload[]>([]);

  const put = (next: readonly Upload[]) => {
    list.current = next;
    show(next);
  };
  const change = (key: number, part: Partial<Upload>) =>
    put(list.current.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: number) => put(list.current.filter((one) => one.key !== key));

  async function run(key: number) {
    const upload = list.current.find((one) => one.key === key);
    if (!upload) return;
    change(key, { sent: 0 });
    const refusal = await send(upload.file, {
      to,
      onStart: (request) => (running.current = { key, request }),
      onProgress: (sent) => change(key, { sent }),
    });
    running.current = null;
    if (refusal === "cancelled") return;
    if (refusal) return change(key, { refusal });
    drop(key);
    onKept(upload.file.name);
  }

  function start(upload: Upload) {
    const isTooLarge = upload.file.size > most;
    if (isTooLarge) return change(upload.key, { refusal: tooLarge(upload.file.name, most) });
    tail.current = tail.current.then(() => run(upload.key));
  }

  return {
    uploads,
    hasRefused: uploads.some(({ refusal }) => refusal),
    add(files: Iterable<File>) {
      const first = (list.current.at(-1)?.key ?? 0) + 1;
      const added = [...files].map((file, index) => ({ key: first + index, file }));
      put([...list.current, ...added]);
      added.forEach(start);
    },
    retry({ key, file }: Upload) {
      put(list.current.map((one) => (one.key === key ? { key, file } : one)));
      start({ key, file });
    },
    /** Takes it off the list; what is being sent is broken off. */
    cancel(key: number) {
      drop(key);
      if (running.current?.key === key) running.current.request.abort();
    },
    /** As it is at this moment; what was drawn last may be behind. */
    isEmpty: () => list.current.length === 0,
    /** Once nothing is under way any more: whether all of it was kept. */
    async settled(): Promise<boolean> {
      await tail.current;
      return list.current.length === 0;
    },
  };
}

const tooLarge = (name: string, most: number): Refusal => ({
  messageKey: "ui.upload.tooLarge",
  values: { name, most: Math.floor(most / 1024 ** 2) },
  again: false,
});

type Sending = {
  to: string;
  onStart: (request: XMLHttpRequest) => void;
  onProgress: (sent: number) => void;
};

/** One file on its way, by the one interface of browsers that tells how far an upload is. */
function send(file: File, { to, onStart, onProgress }: Sending) {
  return new Promise<Refusal | "cancelled" | undefined>((resolve) => {
    const request = new XMLHttpRequest();
    const lost = { messageKey: "ui.upload.lost", values: { name: file.name }, again: true };
    request.open("POST", `${to}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onabort = () => resolve("cancelled");
    request.onerror = () => resolve(lost);
    request.onload = () =>
      resolve(request.status < 300 ? undefined : (refusalIn(request.responseText) ?? lost));
    onStart(request);
    request.send(file);
  });
}

function refusalIn(text: string): Refusal | undefined {
  try {
    const refusal = JSON.parse(text) as Omit<Refusal, "again">;
    return refusal.messageKey
      ? { ...refusal, again: refusal.messageKey === "errors.signedOut" }
      : undefined;
  } catch {
    return undefined;
  }
}
