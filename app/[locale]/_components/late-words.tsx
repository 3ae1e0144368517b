"use client";

import dynamic from "next/dynamic";

/** Only the pages that come with it load the reader of patterns: the public's share this frame's scripts. */
export const LateWords = dynamic(async () => (await import("next-intl")).NextIntlClientProvider);
