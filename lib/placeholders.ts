/**
 * What stands in a rendered mail where a personal part will be: a mail is rendered once per
 * language and filled in per reader. Plain words, so that rendering keeps them whole.
 */
export const PLACEHOLDERS = {
  name: "%%NAME%%",
  accounts: "%%ACCOUNTS%%",
  apps: "%%APPS%%",
  /** What opens the subscription that brought the mail. */
  key: "%%KEY%%",
} as const;
