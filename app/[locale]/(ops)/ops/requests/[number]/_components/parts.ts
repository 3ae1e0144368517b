import { type Context, type Person } from "@/domain/context";
import { type Case } from "@/domain/requests/read-case";

/** What every part of the case page is given. */
export type CaseParts = { ctx: Context & { actor: Person }; found: Case };
