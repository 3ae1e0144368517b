/** Time zones (IANA) by whose clock an announcement may be planned: Beijing's, those of the regions, and some of their readers'. */
export const TIME_ZONES = [
  ...(["Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Asia/Kolkata"] as const),
  ...(["Asia/Jakarta", "Asia/Dubai", "Europe/Berlin", "Europe/London"] as const),
  ...(["America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "UTC"] as const),
] as const;
export type TimeZone = (typeof TIME_ZONES)[number];

/** Where nobody chose another. */
export const HOME_ZONE = "Asia/Shanghai" satisfies TimeZone;
