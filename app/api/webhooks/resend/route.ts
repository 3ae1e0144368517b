export { receiveResendWebhook as POST } from "@/server/webhook";
