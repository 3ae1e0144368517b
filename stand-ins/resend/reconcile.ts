/** What a reader gets: the parts of a mail that were approved. */
export type Sent = { to: string; subject: string; html: string | null; text: string | null };

export type Differences = {
  /** Recipients of mails that should have been accepted and were not. */
  lost: string[];
  /** Recipients of mails that were accepted more often than they should have been. */
  doubled: string[];
  /** Recipients of mails nobody meant to send, with other content or to somebody else. */
  unexpected: string[];
};

type Recorded = Omit<Sent, "to"> & { to: readonly string[] };

/** Compares what should have been sent, each entry once, with what a record holds. */
export function reconcile(expected: readonly Sent[], recorded: readonly Recorded[]): Differences {
  const wanted = countBy(expected.map((mail) => identity({ ...mail, to: [mail.to] })));
  const found = countBy(recorded.map(identity));
  const differences: Differences = { lost: [], doubled: [], unexpected: [] };

  for (const [mail, count] of wanted) {
    const accepted = found.get(mail) ?? 0;
    if (accepted < count) differences.lost.push(recipientOf(mail));
    if (accepted > count) differences.doubled.push(recipientOf(mail));
  }
  for (const mail of found.keys()) {
    if (!wanted.has(mail)) differences.unexpected.push(recipientOf(mail));
  }
  return differences;
}

function identity({ to, subject, html, text }: Recorded): string {
  return JSON.stringify([to.join(" "), subject, html, text]);
}

function recipientOf(identified: string): string {
  const [to]: unknown[] = JSON.parse(identified);
  return String(to);
}

function countBy(keys: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
