export const PLATFORMS = [
  "android",
  "ios",
  "harmony",
  "web",
  "miniprogram",
  "windows",
  "macos",
  "flutter",
  "unity",
] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Where a developer stops a product from collecting: on each platform, and in the calls of an API. */
export const STOP_PLACES = [...PLATFORMS, "api"] as const;
export type StopPlace = (typeof STOP_PLACES)[number];

/** Where an app's data is kept. */
export const REGIONS = ["cn", "sg", "kr", "jp", "in", "de", "us"] as const;
export type Region = (typeof REGIONS)[number];

/**
 * What an owner declares of an app, and by which questions: that whoever runs it is of age, whether
 * children are to use it and their guardians consented (P37); the three tests of whether the GDPR
 * applies to it (P49).
 */
export const DECLARATION_QUESTIONS = {
  minors: ["isOfAge", "isForChildren", "hasGuardianConsent"],
  eea: ["isEstablished", "offers", "monitors"],
} as const;
export type DeclarationTopic = keyof typeof DECLARATION_QUESTIONS;
export type DeclarationQuestion = (typeof DECLARATION_QUESTIONS)[DeclarationTopic][number];
export const DECLARATION_TOPICS = ["minors", "eea"] as const satisfies readonly DeclarationTopic[];

export const CONTACT_KINDS = ["security", "legal", "technical"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Whom a notice's audience may choose of an account, beside its members and security contacts, who are always told. */
export const CHOSEN_CONTACTS = ["technical", "legal"] as const satisfies readonly ContactKind[];
export type ChosenContact = (typeof CHOSEN_CONTACTS)[number];
/** Where nobody has chosen. */
export const USUAL_CONTACTS: readonly ChosenContact[] = ["technical"];

/**
 * How far a bulk of the vendor's console is: its body is coming in; it waits for the worker; the worker
 * has it; all of it is done; a dry run has checked it; something in it is wrong; it broke off.
 */
export const SYNC_STATES = [
  "receiving",
  "waiting",
  "running",
  "done",
  "checked",
  "refused",
  "broken",
] as const;
export type SyncState = (typeof SYNC_STATES)[number];
