import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * What a broken worker would do: it knows no keys, sends each batch twice, leaves a mail of it out, says
 * something else, or mixes up who is told. The product has no such switch; a proxy between worker and
 * provider makes it one. The fault runs have to catch each.
 */
export const BROKEN = ["keyless", "twice", "drops", "alters", "mixes"] as const;
export type Broken = (typeof BROKEN)[number];

type Mail = { to: string; subject: string };
type Sending = { path: string; headers: Record<string, string>; body: string };
type Answer = { status: number; headers: Headers; text: string };

export async function startBrokenProxy(target: string, broken: Broken) {
  const send = async ({ path, headers, body }: Sending): Promise<Answer> => {
    const answer = await fetch(`${target}${path}`, { method: "POST", headers, body });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("error", () => outgoing.destroy());
    incoming.on("end", () => {
      const sending = {
        path: incoming.url ?? "",
        headers: headersOf(incoming.headers),
        body: Buffer.concat(chunks).toString("utf8"),
      };
      WAYS[broken](sending, send).then(
        ({ status, headers, text }) =>
          outgoing.writeHead(status, headersOf(Object.fromEntries(headers))).end(text),
        () => outgoing.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

const WAYS: Record<
  Broken,
  (sending: Sending, send: (one: Sending) => Promise<Answer>) => Promise<Answer>
> = {
  keyless: (sending, send) => send(withKey(sending, randomUUID())),
  async twice(sending, send) {
    await send(withKey(sending, randomUUID()));
    return send(sending);
  },
  async drops(sending, send) {
    const answer = await send(changed(sending, (mails) => mails.slice(0, -1)));
    if (answer.status !== 200) return answer;
    const { data, ...rest } = JSON.parse(answer.text) as { data: { id: string }[] };
    return { ...answer, text: JSON.stringify({ ...rest, data: [...data, { id: randomUUID() }] }) };
  },
  alters: (sending, send) =>
    send(changed(sending, ([first, ...rest]) => [{ ...first!, subject: "else" }, ...rest])),
  mixes: (sending, send) =>
    send(
      changed(sending, (mails) =>
        mails.map((mail, n) => ({ ...mail, to: mails.at(n - 1)?.to ?? mail.to })),
      ),
    ),
};

const withKey = (sending: Sending, key: string): Sending => ({
  ...sending,
  headers: { ...sending.headers, "idempotency-key": key },
});

function changed(sending: Sending, change: (mails: Mail[]) => Mail[]): Sending {
  return { ...sending, body: JSON.stringify(change(JSON.parse(sending.body) as Mail[])) };
}

/** Without those that belong to one connection, or to a length that changes. */
function headersOf(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const own = ["connection", "content-length", "transfer-encoding", "host", "keep-alive"];
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !own.includes(name))
      .map(([name, value]) => [name, String(value)]),
  );
}
