/** An answer for everybody, as it is sent again and again. */
export type KeptAnswer = {
  headers: Record<string, string>;
  /** What tells this content from another, whatever its coding. */
  hash: string;
  bodies: Record<"br" | "gzip" | "identity", Buffer>;
};

/**
 * Answers by their address, of one generation: with `turn` all that was made before is gone, also
 * what was begun before and is finished later. The ones used longest ago make room.
 */
export class KeptAnswers {
  private readonly answers = new Map<string, KeptAnswer>();
  private readonly making = new Map<string, Promise<KeptAnswer | null>>();
  private bytes = 0;
  private generation = 0;

  constructor(private readonly mostBytes: number) {}

  turn(): void {
    this.generation += 1;
    this.answers.clear();
    this.making.clear();
    this.bytes = 0;
  }

  get size(): { answers: number; bytes: number } {
    return { answers: this.answers.size, bytes: this.bytes };
  }

  find(key: string): KeptAnswer | undefined {
    const answer = this.answers.get(key);
    if (!answer) return undefined;
    this.answers.delete(key);
    this.answers.set(key, answer);
    return answer;
  }

  /** The answer that `make` gives, once for all who ask meanwhile; null is nothing to keep. */
  async findOrMake(
    key: string,
    make: () => Promise<KeptAnswer | null>,
  ): Promise<KeptAnswer | null> {
    const known = this.find(key) ?? this.making.get(key);
    if (known) return known;
    const begun = this.generation;
    const made = make();
    this.making.set(key, made);
    try {
      const answer = await made;
      if (answer && this.generation === begun) this.keep(key, answer);
      return answer;
    } finally {
      if (this.making.get(key) === made) this.making.delete(key);
    }
  }

  private keep(key: string, answer: KeptAnswer): void {
    const size = sizeOf(answer.bodies);
    if (size > this.mostBytes / 4) return;
    this.answers.set(key, answer);
    this.bytes += size;
    for (const [oldest, { bodies }] of this.answers) {
      if (this.bytes <= this.mostBytes) break;
      this.bytes -= sizeOf(bodies);
      this.answers.delete(oldest);
    }
  }
}

const sizeOf = (bodies: KeptAnswer["bodies"]): number =>
  bodies.br.length + bodies.gzip.length + bodies.identity.length;
