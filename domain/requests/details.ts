import { z } from "zod";

import {
  DETAIL_CHOICES,
  isChosen,
  REQUEST_DETAILS,
  type RequestDetail,
  type RequestType,
} from "@/db/vocabulary/requests";
import { seal, unsealText } from "@/lib/seal";

import { Invalid } from "../errors";
import { prose } from "../input";
import { type Details, detailsOf } from "./rights";

const CONTEXT = "request.details";

/** The fields of a form, named "details.wrong"; what is left empty is absent. */
export const detailsInput = z.partialRecord(z.enum(REQUEST_DETAILS), prose(2000)).default({});

export const storedDetails = z.partialRecord(z.enum(REQUEST_DETAILS), z.string());

type Asked = { type: RequestType | undefined; capacity: string | undefined };

/**
 * Keeps what the form of the type asks, and nothing else.
 * @throws Invalid at the field, named "details.wrong", for what is missing or none of the choices
 */
export function readDetails(given: Details, { type, capacity }: Asked): Details {
  const faults: Record<string, string[]> = {};
  const kept: Details = {};
  for (const detail of detailsOf(type, capacity)) {
    const text = given[detail]?.trim() ?? "";
    const fault = faultOf(detail, text);
    if (fault) faults[`details.${detail}`] = [fault];
    else kept[detail] = text;
  }
  if (Object.keys(faults).length > 0) throw new Invalid("errors.form", faults);
  return kept;
}

function faultOf(detail: RequestDetail, text: string): string | null {
  if (!isChosen(detail)) return text === "" ? "errors.field.required" : null;
  return DETAIL_CHOICES[detail].some((one) => one === text) ? null : "requests.errors.choose";
}

/** As they rest in the database; null where the type asks nothing. */
export const sealDetails = (details: Details): Buffer | null =>
  Object.keys(details).length > 0 ? seal(JSON.stringify(details), CONTEXT) : null;

/** Reads them back, in the order of the vocabulary; nothing of what was asked before forms had them. */
export function openDetails(sealed: Buffer | null): { detail: RequestDetail; text: string }[] {
  if (!sealed) return [];
  const details = storedDetails.parse(JSON.parse(unsealText(sealed, CONTEXT)));
  return REQUEST_DETAILS.flatMap((detail) => {
    const text = details[detail];
    return text === undefined ? [] : [{ detail, text }];
  });
}
