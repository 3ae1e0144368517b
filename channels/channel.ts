import type { Locale } from "@/db/vocabulary/languages";
import type { RequestStatus } from "@/db/vocabulary/requests";
import type { Told } from "@/domain/broadcasts/facts";
import type { OutwardPost, PostAnswer } from "@/lib/post-outward";

/** What a channel asks of the addresses it posts to: `<channel>/address.ts`. It knows no words and no broadcast. */
export type AddressRule = {
  /** Whether path and query are those of the channel. */
  fits: (url: URL) => boolean;
  /** The hosts of the vendor, where the channel is one vendor's. */
  hosts?: readonly string[];
  /** An address as its people find it. */
  example: string;
  /** `made` here and shown to them; `given` by them, where their receiver has one; or `none`. */
  secret: "made" | "given" | "none";
  /** Milliseconds between two posts to one address, as the receiver's documentation limits them. */
  paceMs: number;
  /** Whether the same post, repeated, is one to who receives it. If not, one that may have arrived is not repeated. */
  isRepeatable: boolean;
};

/** What is posted of: a broadcast, to one account, in the language of the endpoint. */
export type Telling = {
  /** Null for a test of the endpoint. */
  told: Told | null;
  /** Names the broadcast, the same to everybody and in each attempt. */
  id: string;
  locale: Locale;
  /** Of this site: links begin with it. */
  origin: string;
  vendor: string;
  /** Empty where it goes to a person for no account. */
  account: { uin: string; name: string };
  /** The account's affected apps by their SDKAppIDs. */
  sdkAppIds: readonly string[];
  /** To the ticket system alone: how a ticket's request moved; null for a test. */
  move?: TicketMove | null;
};

/** All that the ticket system is told: nothing of who asks, and nothing of what for. */
export type TicketMove = {
  ticket: string;
  request: string;
  status: RequestStatus;
  /** The day by which it is answered, "2026-12-14". */
  dueDate: string;
  at: Date;
};

/** Where a post goes, with its secrets open. `now` is the moment of the attempt. */
export type Target = {
  address: string;
  /** The current one first; two while one is being exchanged. */
  secrets: readonly string[];
  id: string;
  now: Date;
};

/** What came of an attempt. `gone`: the receiver wants nothing more, so the endpoint ends. */
export type DispatchResult =
  /**
   * `fee`: how many messages the operator charges for it, where it charges any. `receipt`: it has taken it
   * and reports later, under this name, whether it arrived.
   */
  | { kind: "delivered"; fee?: number; receipt?: string }
  | { kind: "retry" | "uncertain"; reason: string; retryAfterMs?: number }
  | { kind: "failed" | "gone"; reason: string };

/** How a channel says a telling, posts it, and reads the answer: `<channel>/post.ts`. */
export type Channel = {
  /** The body as it is kept, before the first attempt. */
  compose: (telling: Telling) => string;
  /** The request of one attempt: what is kept, signed for this moment. */
  request: (body: string, target: Target) => OutwardPost;
  /** What an answer with this status and text means. */
  read: (answer: Extract<PostAnswer, { kind: "answered" }>) => DispatchResult;
};
