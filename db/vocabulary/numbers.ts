/** What is numbered without gaps, with the letter its numbers begin with. */
export const NUMBER_SERIES = {
  acknowledgement: "A",
  deregistration: "C",
  deletion_receipt: "D",
  rehearsal: "E",
  incident: "I",
  request: "R",
} as const;
export type NumberSeries = keyof typeof NUMBER_SERIES;
