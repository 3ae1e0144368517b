import type { Tx } from "@/db/client";
import type { ReviewSubject } from "@/db/vocabulary/reviews";

import type { Moves } from "./rules";

type Common = "draft" | "in_review" | "discarded";

/** The part of a row that is the same in everything one person writes and another publishes (db/columns.ts). */
export type Draft<Later extends string = string> = {
  id: string;
  status: Common | Later;
  revision: number;
  writerIds: string[];
  updatedAt: Date;
  contentHash: string | null;
};

type CommonFields = {
  status: Common;
  revision?: number;
  writerIds?: string[];
  updatedAt?: Date;
  submittedAt?: Date | null;
  contentHash?: string | null;
  discardedBy?: string;
  discardedAt?: Date;
};

type Refusal =
  | "movedOn"
  | "notEditable"
  | "notDiscardable"
  | "editedMeanwhile"
  | "ownWork"
  | "notWhatWasSeen"
  | "noReason"
  | "incomplete"
  | "countDiffers";

/**
 * All that the room is told of a kind of thing. `Later` are its statuses once it is published, `Own`
 * the columns of its table, `Judged` what a review keeps of its content.
 */
export type Kind<Later extends string, Own, Judged> = Named & {
  moves: Moves<Common | Later>;
  write: (tx: Tx, id: string, set: { common: CommonFields; own?: Own }) => Promise<unknown>;
  /** Deletes a draft that nobody has judged. */
  erase: (tx: Tx, id: string) => Promise<unknown>;
  /** Names the type of what its reviews keep; nothing is in it. */
  judged?: Judged;
};

/** What it is called, and how the room refuses it, as message keys. */
export type Named = { type: ReviewSubject; refusals: Record<Refusal, string> };
