export const WORDS = {
  "zh-CN": {
    bell: (unread: number) => (unread > 0 ? `告知台：${unread} 条未读` : "告知台：没有未读"),
    title: "告知台消息",
    unread: "未读",
    none: "还没有消息。",
    failed: "暂时读不到消息，请稍后再试。",
    all: "查看全部",
    popup: "请您查看",
    read: "去查看",
    later: "稍后再看",
    hide: "收起",
  },
  en: {
    bell: (unread: number) =>
      unread > 0 ? `Notices: ${unread} unread` : "Notices: nothing unread",
    title: "Notices",
    unread: "Unread",
    none: "No notices yet.",
    failed: "Notices cannot be read just now. Please try again later.",
    all: "See all",
    popup: "Please read",
    read: "Read it",
    later: "Later",
    hide: "Hide",
  },
};

export type Language = keyof typeof WORDS;
export type Words = (typeof WORDS)[Language];
