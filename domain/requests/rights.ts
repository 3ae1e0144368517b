import {
  isChosen,
  REQUEST_TYPES,
  type RequestDetail,
  type RequestType,
  type StandardParagraph,
} from "@/db/vocabulary/requests";

/** All that is special about a right: its form, its proof, its texts, and what becomes of the data. */
export type Right = {
  /** What its form asks besides, each required; with any, the facts may stay empty. */
  details: readonly RequestDetail[];
  /** It touches the data of people, who are named and whose will is proved (P25, P27). */
  isAboutPeople: boolean;
  /** A developer's own account names users for it too. */
  listsUsersOfOwn?: boolean;
  /** A ground from a to e, or "not sure" (P32). */
  hasGround?: boolean;
  /** Nothing of it is granted without a plan for the data (P10, P32, P55). */
  disposesData?: boolean;
  /** When processing is ordered to stop: at once, or once it is known who asks (P10, P38). */
  stopsProcessing?: "filed" | "verified";
  /** A sentence for who checks, has filed, and reads the answer (P31). */
  sentence?: StandardParagraph;
  /** Its answer names the legal basis (P50). */
  namesBasis?: boolean;
};

/**
 * Every right of section 六 and what section 九 promises to answer (P23, P48, P54), in one table: the
 * wizard, the desk's form, the checks of a decision and the stops all read it. A new type is a row
 * here, a name in `REQUEST_TYPES` and its words.
 */
export const RIGHTS: Record<RequestType, Right> = {
  delete: {
    details: [],
    isAboutPeople: true,
    listsUsersOfOwn: true,
    hasGround: true,
    disposesData: true,
  },
  consult: { details: ["what"], isAboutPeople: true },
  copy: { details: ["what", "format"], isAboutPeople: true },
  correct: { details: ["wrong", "right"], isAboutPeople: true },
  withdraw_consent: {
    details: ["feature"],
    isAboutPeople: true,
    disposesData: true,
    stopsProcessing: "verified",
    sentence: "consent_withdrawn",
  },
  deregister_end_user: {
    details: ["settled"],
    isAboutPeople: true,
    listsUsersOfOwn: true,
    disposesData: true,
  },
  child_data: {
    details: ["guardian"],
    isAboutPeople: true,
    disposesData: true,
    stopsProcessing: "filed",
  },
  legal_basis: { details: ["what"], isAboutPeople: false, namesBasis: true },
  complaint: { details: ["happened", "remedy"], isAboutPeople: false },
  report: { details: ["happened"], isAboutPeople: false },
  suggestion: { details: [], isAboutPeople: false },
  question: { details: [], isAboutPeople: false },
};

/** Only these ask for something to become of the data (P10, P32); a copy or a question never does. */
export const DISPOSAL_TYPES: readonly RequestType[] = REQUEST_TYPES.filter(
  (type) => RIGHTS[type].disposesData,
);

export type Details = Partial<Record<RequestDetail, string>>;

/** What the form of a type asks; how much a deletion is about, only of who files for an own account. */
export const detailsOf = (
  type: RequestType | undefined,
  capacity: string | undefined,
): readonly RequestDetail[] => {
  if (!type) return [];
  return type === "delete" && capacity === "own" ? ["scope"] : RIGHTS[type].details;
};

/** The facts may stay empty where the form's own questions say it all; not beside a mere choice. */
export const needsFacts = (type: RequestType | undefined, capacity: string | undefined): boolean =>
  detailsOf(type, capacity).every(isChosen);
