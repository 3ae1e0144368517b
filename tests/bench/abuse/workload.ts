import type { Workload } from "../measure";
import { askAndGuess } from "./guesses";
import { largeBodies } from "./large-bodies";
import { stalls } from "./stalls";
import { startWatched, type Watched } from "./watched";

/** What is played against a portal; each tells what came of it, line by line (docs/decisions/032). */
const PLAYS: Record<string, { name: string; play: (portal: Watched) => AsyncGenerator<string> }> = {
  stalls: { name: "Abuse: the worst texts there are", play: stalls },
  bodies: { name: "Abuse: large bodies", play: largeBodies },
  guesses: { name: "Abuse: mails asked for and codes guessed", play: askAndGuess },
};

export const abuse: readonly Workload[] = Object.entries(PLAYS).map(([id, { name, play }]) => ({
  ...{ id, name, isApart: true, isBuilt: true },
  about:
    "On the production build, with /healthz asked ten times a second where readers may have to wait.",
  async run() {
    const lines: string[] = [];
    for await (const line of play(await startWatched())) lines.push(line);
    return { figures: [], ratios: [], lines };
  },
}));
