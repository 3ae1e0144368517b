/** Every name that a page reads from its address. */
const NAMES =
  "account accountId action actor after at back before done error from importId key kind language layout link logged mail new number page part product q reason request requests return saved search severity shelf show since status subjectId subjectType text ticket to token told type uin view year".split(
    " ",
  );

const all = (value: string) => NAMES.map((name) => `${name}=${value}`).join("&");

/** Addresses that somebody mends by hand, or a machine makes up. */
export const ODD_QUERIES: Record<string, string> = {
  "repeated names": `${all("a")}&${all("b")}`,
  NUL: all("a%00b"),
  "half a character": all("%ff%ed%a0%80"),
  "Chinese and a line separator": all("%E4%B8%AD%E2%80%A8"),
  "a number too large": all("99999999999999999999"),
  "a date too far": all("999999-13-45"),
  "names of prototypes": "__proto__=a&constructor=b&toString=c",
};

/** What may stand in the place of a part of a path. */
export const ODD_PARTS = ["%00", "%ff", "%E4%B8%AD", "%2f%2e%2e"];
