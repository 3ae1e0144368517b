import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";

import { WrittenOut } from "./button";
import { addressOf, type Sender } from "./sender";

/** Where the reader chooses, without signing in, whether and how such mails come. */
export const ChooseMails = ({ sender }: { sender: Sender }) => (
  <WrittenOut
    label={translator(sender.locale, "emails")("choose")}
    address={`${addressOf(sender, "/subscriptions/emails")}?key=${PLACEHOLDERS.key}`}
  />
);
