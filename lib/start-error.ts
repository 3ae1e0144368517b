/** Something outside the program keeps it from starting; the sentence says what and how to mend it. */
export class StartError extends Error {
  constructor(chinese: string, english: string) {
    super(`${chinese}\n${english}`);
    this.name = "StartError";
  }
}

/** The code Node gives a failed system call (EACCES, EADDRINUSE …), if this is one. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
