import { getCompliance } from "@/server/compliance-api";
import { onlyMethods } from "@/server/only-methods";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({ GET: getCompliance });
