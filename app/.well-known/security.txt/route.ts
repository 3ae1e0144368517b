import { securityText } from "@/server/advisories";
import { answer } from "@/server/route";

/** Whom to tell of a weakness. */
export const GET = (): Promise<Response> => answer(securityText);
