import type { NoticeParts } from "@/db/schema/incidents";

import { both, CONTACT, type IncidentFacts, measure, OPEN } from "./incident-texts";

export const outage = (discoveredAt: Date): IncidentFacts => ({
  ...OPEN,
  title: both("Windows SDK 消息收发中断", "Windows SDK could not send or receive messages"),
  kind: "availability",
  severity: "general",
  visibility: "public",
  publicSummary: {},
  discoveredAt: discoveredAt.toISOString(),
  dataKinds: both("没有涉及个人信息", "No personal information"),
  cause: both(
    "接入证书过期后没有自动更新。",
    "An access certificate expired and was not renewed by itself.",
  ),
  contact: CONTACT,
});

export const outageFirst = (at: Date): NoticeParts => ({
  title: both("Windows SDK 消息收发中断", "Windows SDK cannot send or receive messages"),
  situation: both(
    "部分使用 Windows SDK 的应用无法收发消息。消息没有丢失，恢复后会补发。其他平台不受影响。",
    "Some apps that use the Windows SDK cannot send or receive messages. No message is lost; they are delivered afterwards. Other platforms are not affected.",
  ),
  measures: [
    measure(at, -20, both("已定位到过期的接入证书。", "The expired access certificate was found.")),
    measure(
      at,
      90,
      both("更换证书并分批恢复接入。", "Replace the certificate and restore access step by step."),
    ),
  ],
  adviceDevelopers: [
    both(
      "提示用户消息会稍后送达，不要重复发送。",
      "Tell users that messages arrive later, and not to send them again.",
    ),
  ],
  adviceEndUsers: both("请稍后再打开应用。", "Please open the app again later."),
  actionability: "information",
});

export const outageFinal = (at: Date): NoticeParts => ({
  title: both(
    "Windows SDK 消息收发中断结案报告",
    "Final report: Windows SDK could not send or receive messages",
  ),
  situation: both(
    "接入证书过期约 3 小时后全部恢复，积压的消息已补发完毕，没有丢失。证书改为到期前 30 天自动更新并告警。",
    "Access was restored about 3 hours after the certificate expired; all waiting messages were delivered and none was lost. Certificates now renew by themselves 30 days before they expire, with an alarm.",
  ),
  measures: [
    measure(
      at,
      -2 * 24 * 60 + 3 * 60,
      both("已更换证书，全部恢复。", "The certificate was replaced; all access is restored."),
    ),
    measure(
      at,
      -60,
      both("已启用证书自动更新和告警。", "Automatic renewal and alarm are in place."),
    ),
  ],
  adviceDevelopers: [both("不需要采取行动。", "Nothing needs to be done.")],
  adviceEndUsers: both("不需要做任何事。", "Nothing needs to be done."),
  actionability: "information",
});

export const delay = (discoveredAt: Date): IncidentFacts => ({
  ...OPEN,
  title: both("离线推送延迟", "Offline push notifications are late"),
  kind: "availability",
  severity: "general",
  visibility: "public",
  publicSummary: {},
  discoveredAt: discoveredAt.toISOString(),
  dataKinds: both("没有涉及个人信息", "No personal information"),
  cause: both("正在调查。", "Being investigated."),
  contact: CONTACT,
});

export const announcement = (): NoticeParts => ({
  title: both("控制台将支持按地域查看用量", "Usage by region is coming to the console"),
  situation: both(
    "从下个月起，控制台的用量页面可以按地域查看消息数和活跃用户数。接口和计费不变，不需要修改应用。",
    "From next month the console shows messages and active users by region. Interfaces and billing stay as they are; apps need no change.",
  ),
  measures: [],
  adviceDevelopers: [],
  adviceEndUsers: {},
  actionability: "information",
});
