import { spawnSync } from "node:child_process";

/**
 * A machine of the play: where its programs listen, and what stands before their command line. Cut off,
 * nothing leaves or reaches it any more: nobody is told that its connections have ended.
 */
export type Machine = { name: string; address: string; inside: readonly string[]; cutOff(): void };

export type Machines<Name extends string> = Record<Name, Machine> & {
  /** The provider's, beyond all of them: where this process listens. */
  outside: string;
  /** Whether each has a network of its own. */
  areSeparate: boolean;
  close(): void;
};

/**
 * A network namespace of Linux for each, joined by a bridge; where that is not allowed (it takes root),
 * an address of the loopback for each, which can't be cut off.
 */
export function openMachines<Name extends string>(names: readonly Name[]): Machines<Name> {
  const tag = `gz${process.pid}`;
  const made: string[][] = [];
  const close = () => {
    for (const undo of made.splice(0).toReversed()) ip(...undo);
  };
  const net = `10.213.${process.pid % 250}`;
  const join = (name: Name, index: number): Machine => {
    const [space, plug] = [`${tag}-${name}`, `${tag}v${index}`];
    const address = `${net}.${index + 11}`;
    demand(made, ["netns", "add", space], ["netns", "del", space]);
    demand(made, ["link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", space]);
    demand(made, ["link", "set", plug, "master", tag, "up"]);
    demand(made, ["-n", space, "addr", "add", `${address}/24`, "dev", "eth0"]);
    for (const device of ["eth0", "lo"]) demand(made, ["-n", space, "link", "set", device, "up"]);
    return {
      ...{ name, address, inside: ["ip", "netns", "exec", space] },
      cutOff: () => void ip("link", "set", plug, "down"),
    };
  };
  process.once("exit", close);
  try {
    demand(made, ["link", "add", tag, "type", "bridge"], ["link", "del", tag]);
    demand(made, ["addr", "add", `${net}.1/24`, "dev", tag]);
    demand(made, ["link", "set", tag, "up"]);
    return { ...named(names, join), outside: `${net}.1`, areSeparate: true, close };
  } catch {
    close();
    const near = named(names, (name, index) => ({
      ...{ name, address: `127.0.7.${index + 11}`, inside: [], cutOff: () => undefined },
    }));
    return { ...near, outside: "127.0.0.1", areSeparate: false, close };
  }
}

function named<Name extends string>(
  names: readonly Name[],
  make: (name: Name, index: number) => Machine,
): Record<Name, Machine> {
  return Object.fromEntries(names.map((name, index) => [name, make(name, index)])) as Record<
    Name,
    Machine
  >;
}

/** @throws when it is not allowed, or not known here */
function demand(made: string[][], act: string[], undo?: string[]): void {
  if (!ip(...act)) throw new Error(`not allowed: ip ${act.join(" ")}`);
  if (undo) made.push(undo);
}

const ip = (...words: string[]): boolean =>
  spawnSync("ip", words, { stdio: "ignore" }).status === 0;
