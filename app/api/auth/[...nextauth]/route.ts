import { onlyMethods } from "@/server/only-methods";
import { answerNextAuth } from "@/server/oidc-route";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({
  GET: answerNextAuth,
  POST: answerNextAuth,
});
