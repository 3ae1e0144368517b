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

export const CONTACT_KINDS = ["security", "legal", "technical"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];
