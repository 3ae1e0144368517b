import { z } from "zod";

import { FACTOR_KINDS, FACTOR_PROOFS, MEMBER_ROLES, STAFF_ROLES } from "@/db/vocabulary/access";
import {
  CHOSEN_CONTACTS,
  CONTACT_KINDS,
  DECLARATION_QUESTIONS,
  DECLARATION_TOPICS,
  PLATFORMS,
  REGIONS,
  STOP_PLACES,
} from "@/db/vocabulary/accounts";
import { SUPPRESSION_REASONS } from "@/db/vocabulary/broadcasts";
import {
  CHECK_SOURCES,
  DEREGISTRATION_CHECKS,
  DEREGISTRATION_STATUSES,
} from "@/db/vocabulary/deregistrations";
import { FOLLOW_KINDS, NOTICE_CHECKS, NOTICE_TYPES } from "@/db/vocabulary/incidents";
import { LOCALES } from "@/db/vocabulary/languages";
import {
  ACKNOWLEDGEMENT_ANSWERS,
  ASK_SIDES,
  ASK_TASKS,
  ATTESTATIONS,
  CARD_LINES,
  DOCUMENT_KINDS,
  SHOWN_BY,
  VERSION_CHECKS,
} from "@/db/vocabulary/policies";
import {
  DATA_STORES,
  DELETION_GROUNDS,
  DEVELOPER_ANSWERS,
  DISPOSAL_ACTIONS,
  HOLD_REASONS,
  REFUSAL_CODES,
  REQUEST_CHANNELS,
  REQUEST_DECISIONS,
  REQUEST_TYPES,
  REQUESTER_KINDS,
} from "@/db/vocabulary/requests";
import { HOME_REGIONS } from "@/db/vocabulary/routes";
import { WAVE_STOPS } from "@/db/vocabulary/waves";
import { TICKET_PURPOSES, TOKEN_SCOPES } from "@/db/vocabulary/tickets";

export const shape = z.strictObject;
export const id = z.string();
export const text = z.string();
export const texts = z.array(text);
export const optional = text.nullable();
export const day = z.iso.date();
export const moment = z.date();
export const count = z.number().int();
export const yes = z.boolean();
export const one = z.enum;

export const attested = shape({
  ...{ kind: one(ATTESTATIONS), versionId: id, textHash: text, points: count },
});
/** Both waves of a broadcast by their people, and what came of the mails of the first. */
export const waves = shape({
  ...{ people: count, rest: count, mails: count, heard: count },
  ...{ bounced: count, refused: count, complained: count },
  /** Why a person let the rest go after a stop. */
  reason: text.optional(),
});
export const waveStop = waves.extend({ cause: one(WAVE_STOPS) });

export const factor = shape({ kind: one(FACTOR_KINDS) });
export const proof = shape({ by: one(FACTOR_PROOFS) });
export const reason = shape({ reason: text });
/** `fromStateAt`: when the kept wording was written that this took back. */
export const saved = { revision: count, fromStateAt: moment.optional() };
export const importWarnings = shape({
  locale: one(LOCALES),
  warnings: z.array(shape({ kind: text, place: optional, words: optional })),
});
/** To how many of staff a draft was mailed as a test. */
export const testMailed = shape({ people: count, locale: one(LOCALES) });
const explainedOf = <const Checks extends readonly [string, ...string[]]>(checks: Checks) =>
  shape({
    checks: z.array(
      shape({
        check: one(checks),
        reason: text,
        findings: z.array(shape({ place: optional, words: optional })),
      }),
    ),
  });
export const explained = explainedOf(VERSION_CHECKS);
export const noticeExplained = explainedOf(NOTICE_CHECKS);
export const language = shape({ locale: one(LOCALES) });

export const titles = shape({ titleZh: text, titleEn: text });
export const document = titles.extend({
  id,
  productId: id,
  slug: text,
  kind: one(DOCUMENT_KINDS),
  bindingLocale: one(LOCALES),
  formerTitles: z.array(shape({ "zh-CN": text, en: text, until: text })),
  createdAt: moment,
  discardedBy: id.nullable(),
  discardedAt: moment.nullable(),
});

/** Of a slip that is put right: the language, why it changes nothing, and the fingerprints before and with it. */
export const correction = shape({
  ...{ locale: one(LOCALES), reason: text, hashBefore: text, contentHash: text },
});

/** The vendor's own contact card, as everybody reads it. */
export const card = shape({
  since: day,
  mail: text,
  lines: z.partialRecord(one(CARD_LINES), z.partialRecord(one(LOCALES), text)),
});

/** A version from before the portal. */
export const broughtIn = shape({
  ...{ documentId: id, label: text, publishedOn: day, effectiveDate: day },
  ...{ provenance: text, contentHash: text },
});

export const hash = shape({ contentHash: text });
export const returned = {
  before: shape({ contentHash: text.nullable() }),
  after: shape({ reason: one(["edited", "incident_changed", "card_changed"]) }),
};
export const discardedVersion = shape({ label: optional, contentHash: optional });
export const rejected = hash.extend({ reason: text });
export const template = shape({ name: text, number: count, textHash: text });
export const templateUsed = shape({
  templateId: id,
  number: count,
  textHash: text,
  revision: count,
});
/** `minutesLate`: null where it went out on time. */
export const wentOut = shape({
  ...{ goesOutAt: moment, minutesLate: count.nullable(), broadcastId: id.nullable() },
});
export const withdrawn = shape({ reason: text, people: count, broadcastId: id.nullable() });
export const change = hash.extend({ isMajor: yes, effectiveDate: day.nullable() });
export const audience = shape({ apps: count, people: count });
export const noticeApproved = hash.extend({
  ...{ ...audience.shape, broadcastId: id.nullable() },
  /** Of an announcement that waits for it. */
  goesOutAt: moment.nullable().optional(),
});

export const askSettled = shape({ versionId: id, kind: one(ASK_TASKS) });
export const askMessage = shape({ versionId: id, side: one(ASK_SIDES) });
export const ownReminder = shape({ broadcastId: id, people: count, days: count });
export const knowing = shape({
  ...{ broadcastId: id, factsHash: text, statement: text, locale: one(LOCALES) },
});
export const answer = shape({
  receiptNumber: text,
  versionId: id,
  accountId: id,
  userId: id,
  memberRole: one(MEMBER_ROLES),
  accountName: text,
  answer: one(ACKNOWLEDGEMENT_ANSWERS),
  reason: text.nullable(),
  /** Answers of before have none. */
  changeNumbers: z.array(count).optional(),
  contentHash: text,
  statement: text,
  locale: one(LOCALES),
  answeredAt: moment,
  /** How it was given; answers of before have none of it. `visitHash` commits to browser and network. */
  ...{ shownBy: one(SHOWN_BY).nullable().optional(), visitHash: optional.optional() },
  ...{ signedInAt: moment.nullable().optional(), factorAt: moment.nullable().optional() },
});

/** Where and since when an app collects no more (P30). */
export const stop = shape({ place: one(STOP_PLACES), appVersion: text, stoppedOn: day });

/** What came by an import names it, so that its page finds each single change. */
export const imported = { importId: id.optional() };
/** The rest where it was given or changed. */
export const accountName = shape({
  ...{ name: text, tier: text.nullable().optional(), tags: texts.optional() },
  homeRegion: one(HOME_REGIONS).nullable().optional(),
});
export const app = shape({
  accountId: id,
  sdkAppId: text,
  name: text,
  productId: id,
  region: one(REGIONS),
  apiOnly: yes,
  platforms: z.partialRecord(one(PLATFORMS), text),
  closed: yes,
});
export const declaration = shape({
  accountId: id,
  topic: one(DECLARATION_TOPICS),
  answer: z.partialRecord(one(Object.values(DECLARATION_QUESTIONS).flat()), yes),
  applies: yes,
});
export const closing = app.pick({ accountId: true, sdkAppId: true, closed: true });
/** Names and addresses stay with the person; the record says that a name changed, not to what. */
export const member = shape({ accountId: id, userId: id, role: one(MEMBER_ROLES), left: yes });
export const invitation = shape({ invitationId: id, role: one(MEMBER_ROLES) });
export const contact = shape({ accountId: id, userId: id, contactKind: one(CONTACT_KINDS) });
export const ways = shape({
  ways: z.array(shape({ place: one(STOP_PLACES), text: z.partialRecord(one(LOCALES), text) })),
});
export const year = shape({ source: text, isComplete: yes, days: count });

export const draft = shape({
  ...{ incidentId: id.nullable(), type: one(NOTICE_TYPES), sequence: count },
  // Of what follows an announcement.
  ...{ followsId: id.optional(), followKind: one(FOLLOW_KINDS).optional() },
});
export const edit = shape({ textHash: text });
export const list = shape({ count, hash: text });
export const rule = shape({
  ...{ productId: id, versionRange: text, apiOnly: yes, named: list, excluded: list },
  ...{ platforms: z.array(one(PLATFORMS)), regions: z.array(one(REGIONS)) },
  ...{ undecided: z.literal(true).optional(), rehearsal: z.literal(true).optional() },
  ...{ declared: z.array(one(DECLARATION_TOPICS)).optional(), tags: texts.optional() },
  toldBy: shape({ broadcastId: id, name: z.partialRecord(one(LOCALES), text) }).optional(),
  contacts: z.array(one(CHOSEN_CONTACTS)).optional(),
});
export const advice = shape({ noticeId: id, item: count });

export const deregistration = shape({ number: text, accountId: id });
export const checks = z.array(
  shape({
    ...{ check: one(DEREGISTRATION_CHECKS), count, numbers: texts },
    from: one(CHECK_SOURCES).optional(),
  }),
);
export const stage = shape({ status: one(DEREGISTRATION_STATUSES) });

export const files = shape({ files: texts });
export const request = files.extend({
  number: text,
  type: one(REQUEST_TYPES),
  ground: one(DELETION_GROUNDS).nullable(),
  requesterKind: one(REQUESTER_KINDS),
  accountId: id.nullable(),
  ticketNumber: text.nullable(),
  subjectCount: count,
  dueDate: day,
  stopOrderedAt: moment.nullable(),
});
export const due = shape({ dueDate: day, isDueProvisional: yes });
export const handler = shape({ handlerId: id.nullable() });
export const disposal = shape({ store: one(DATA_STORES), action: one(DISPOSAL_ACTIONS) });
export const decision = shape({
  decision: one(REQUEST_DECISIONS),
  code: one(REFUSAL_CODES).nullable(),
});
export const ticket = shape({ ticketNumber: text, purpose: one(TICKET_PURPOSES) });

export const addressChange = shape({ accountId: id, userId: id, sessions: count, contacts: count });
export const kit = shape({ versionId: id, locale: one(LOCALES), textHash: text });
export const routing = shape({
  accountId: id,
  appId: id.nullable(),
  isNamed: yes,
  developerDueDate: day,
});
export const gathering = shape({
  accountId: optional,
  from: day.nullable(),
  to: day.nullable(),
});
export const gathered = gathering.extend({ manifestHash: text });
export const lookBack = shape({ at: moment, broadcastId: optional });
export const importSum = shape({
  kind: one(["accounts", "apps", "members", "sync"]),
  added: count,
  changed: count,
  fileHash: text,
});
export const signIn = shape({ by: one(["mail", "demo", "oidc"]) });
export const staffing = shape({ roles: z.array(one(STAFF_ROLES)) });
export const product = shape({
  ...{ id, slug: text, nameZh: text, nameEn: text },
  packages: z.array(shape({ platform: one(PLATFORMS), purl: text })).optional(),
});
export const developerAnswer = shape({
  ...{ answer: one(DEVELOPER_ANSWERS), accountId: id.nullable() },
  files: texts.optional(),
});
export const plan = disposal.extend({
  holdReason: one(HOLD_REASONS).nullable(),
  dueDate: day.nullable(),
});
export const retentionHold = shape({
  hold: id,
  reason: one(HOLD_REASONS),
  requestNumber: text.nullable(),
});
export const reminder = shape({
  event: one(["handler_reminded", "developer_reminded"]),
  dueDate: day,
  workingDaysLeft: count,
  people: count,
});
export const logged = request.extend({ channel: one(REQUEST_CHANNELS), receivedAt: moment });
/** The name of the vendor's own systems; what an account calls its token is not on record. */
export const token = shape({
  name: text.optional(),
  accountId: id.optional(),
  appId: optional.optional(),
  scopes: z.array(one(TOKEN_SCOPES)),
  expiresAt: moment.nullable(),
});
export const rotation = shape({ successorId: id, endsAt: moment });
export const suppression = shape({ reason: one(SUPPRESSION_REASONS), since: moment });
/** Base64 of the 32 bytes of an Ed25519 key. */
export const recordKey = shape({ name: text, publicKey: text });
/** Under which number so many entries lost their snapshots; the hash is over their numbers. */
export const erasure = shape({ number: text, entries: count, hash: text });
/** How many mails were found at the provider, accepted since that moment; how many broadcasts are held until somebody looks. */
export const restore = shape({ since: moment, found: count, held: count });
/** Mail, message and popup in one language, by the hash of what was rendered. */
export const rendered = shape({ locale: one(LOCALES), shownHash: text });
/** Events by one hash over all of a span: `from` left out and `until` included; null where it is the first. */
export const eventsSealed = shape({
  source: one(["provider_reports", "refusals"]),
  from: moment.nullable(),
  until: moment,
  count,
  hash: text,
});
/** The leaves from this place on are lost, so many; `note` is what was signed last, by a key that signs no more. */
export const gap = shape({ from: count, entries: count, note: text });
