import "server-only";
import { notFound } from "next/navigation";

import { Invalid, NotFound } from "@/domain/errors";

import { reportRefusal } from "./session";

/** Awaits what a page shows; what is not there, or not the reader's, or no address at all, is "not found". */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof NotFound) await reportRefusal();
    if (error instanceof NotFound || error instanceof Invalid) notFound();
    throw error;
  }
}
