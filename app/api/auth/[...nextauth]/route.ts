export { answerNextAuth as GET, answerNextAuth as POST } from "@/server/oidc-route";
