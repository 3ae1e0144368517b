import { postSync } from "@/server/account-sync-api";
import { onlyMethods } from "@/server/only-methods";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({ POST: postSync });
