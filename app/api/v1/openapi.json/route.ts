import { onlyMethods } from "@/server/only-methods";
import { getOpenApi } from "@/server/openapi";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({ GET: getOpenApi });
