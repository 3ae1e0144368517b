import {
  LASTING_KINDS,
  type LastingKind,
  PURGED_KINDS,
  type PurgedKind,
  type RetentionKind,
} from "@/db/vocabulary/retention";

/** On what it is held: the personal information protection law's grounds, and the law that sets a period. */
export const BASES = ["consent", "contract", "duty", "law", "nobody"] as const;
export type Basis = (typeof BASES)[number];

type Rule = {
  basis: Basis;
  /** The tables that are of this kind; a table is of one alone (rules.test.ts). */
  tables: readonly string[];
};

/**
 * How long each kind is kept, in days, from the end of what it serves: the shortest that its purpose
 * needs (P57). What is shown at /retention and at operations, what the job purges by and what the tests
 * move the clock over is this table.
 */
export const PERIODS: Record<PurgedKind, Rule & { days: number }> = {
  /** No limit at the door looks further back than a day (access/door-limits.ts). */
  sign_in_asks: {
    days: 1,
    basis: "contract",
    tables: [
      "sign_in_requests",
      "sign_in_failures",
      "factor_failures",
      "number_checks",
      "work_budgets",
    ],
  },
  sessions: { days: 1, basis: "contract", tables: ["sessions"] },
  confirmations: { days: 30, basis: "contract", tables: ["contact_confirmations"] },
  /** With the fourteen days it is open, thirty in all. */
  invitations: { days: 16, basis: "contract", tables: ["member_invitations"] },
  /** The six months of 网络安全法, article 21. */
  security_records: { days: 180, basis: "law", tables: ["security_events", "security_alarms"] },
  request_drafts: { days: 30, basis: "contract", tables: ["request_drafts"] },
  proof_files: { days: 180, basis: "duty", tables: ["request_files"] },
  /** The three years in which somebody may sue over the answer (民法典, article 188). */
  case_texts: {
    days: 1096,
    basis: "duty",
    tables: ["requests", "request_messages", "user_deletions", "user_results"],
  },
  ticket_links: { days: 180, basis: "contract", tables: ["ticket_links"] },
  bulk_lines: {
    days: 30,
    basis: "contract",
    tables: ["account_syncs", "account_sync_lines", "account_sync_problems"],
  },
  delivery_addresses: {
    days: 1096,
    basis: "duty",
    tables: ["deliveries", "mail_batches", "mail_attempts", "provider_events"],
  },
  /** Who proved an address and has no account, no office, no subscription and no open request. */
  lone_people: { days: 180, basis: "contract", tables: ["users"] },
};

/** What goes with what it hangs on, or stays because nobody stands in it. */
export const LASTING: Record<LastingKind, Rule> = {
  people: {
    basis: "contract",
    tables: [
      ...["members", "contacts", "former_addresses", "oidc_identities", "factors"],
      ...["recovery_codes", "staff_roles", "admin_proposals", "handler_mails"],
      ...["handler_choices", "digest_items", "mail_keys"],
    ],
  },
  accounts: {
    basis: "contract",
    tables: [
      ...["accounts", "apps", "app_platforms", "app_declarations", "app_stops"],
      ...["ask_deferrals", "ask_waivers", "ask_tasks", "advice_done", "unreached_accounts"],
      ...["account_reach", "calls", "call_tries"],
      ...["endpoints", "dispatches", "dispatch_attempts"],
      ...["app_attestations", "kit_takes", "own_policy_updates", "ask_messages"],
      "deregistrations",
    ],
  },
  /** Whoever ends one leaves no row. */
  subscriptions: { basis: "consent", tables: ["subscriptions", "checkpoint_readers"] },
  answers: { basis: "duty", tables: ["policy_acknowledgements"] },
  stopped_addresses: { basis: "duty", tables: ["suppressions", "suppression_lifts"] },
  keys: { basis: "contract", tables: ["api_tokens"] },
  case_facts: {
    basis: "duty",
    tables: [
      ...["request_events", "request_decisions", "disposals", "request_receipts"],
      "service_ends",
      "retention_holds",
    ],
  },
  tellings: {
    basis: "duty",
    tables: ["broadcasts", "broadcast_waves", "broadcast_mails", "audience_parts"],
  },
  publications: { basis: "nobody", tables: [] },
  record: { basis: "law", tables: [] },
};

export const isPurged = (kind: RetentionKind): kind is PurgedKind =>
  PURGED_KINDS.some((one) => one === kind);

export const basisOf = (kind: RetentionKind): Basis =>
  isPurged(kind) ? PERIODS[kind].basis : LASTING[kind].basis;

/** Null for what has no period of its own. */
export const daysOf = (kind: RetentionKind): number | null =>
  isPurged(kind) ? PERIODS[kind].days : null;

/** A hold may name one request where the kind is about requests. */
export const isOfRequests = (kind: PurgedKind): boolean =>
  kind === "proof_files" || kind === "case_texts";

/** Every table that stands under a kind. */
export const RETAINED_TABLES: readonly string[] = [
  ...PURGED_KINDS.flatMap((kind) => PERIODS[kind].tables),
  ...LASTING_KINDS.flatMap((kind) => LASTING[kind].tables),
];
