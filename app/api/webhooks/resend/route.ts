import { onlyMethods } from "@/server/only-methods";
import { receiveResendWebhook } from "@/server/webhook";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({
  POST: receiveResendWebhook,
});
