import "server-only";

import { DomainError, type DomainErrorCode } from "@/domain/errors";

export const REFUSAL_STATUS: Record<DomainErrorCode, number> = {
  not_found: 404,
  not_allowed: 403,
  invalid: 400,
  conflict: 409,
};

/**
 * Runs a route handler for machines; a refusal becomes its status and `{ "error": code }`. The only
 * place where a domain error meets a route; anything else thrown is a bug and answers 500.
 */
export async function answer(run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return Response.json({ error: error.code }, { status: REFUSAL_STATUS[error.code] });
  }
}
