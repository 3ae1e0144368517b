import { getManifest } from "@/server/manifest-api";
import { onlyMethods } from "@/server/only-methods";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({ GET: getManifest });
