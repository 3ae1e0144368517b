import { useTranslations } from "next-intl";

import { Time } from "@/components/ui/time";
import type { AskMessage } from "@/domain/policies/conversation";

type Props = {
  messages: readonly AskMessage[];
  /** How operations are called; null where colleagues read, who see who wrote. */
  vendor: string | null;
};

/** What operations and an account wrote to each other, in the order of writing. */
export function Conversation({ messages, vendor }: Props) {
  const t = useTranslations("acknowledgements.talk");
  return (
    <ol aria-label={t("title")} className="grid gap-3">
      {messages.map(({ id, side, author, body, writtenAt }) => (
        <li
          key={id}
          className="border-line bg-raised max-w-measure data-[side=vendor]:bg-sunken rounded-md border px-4 py-3"
          data-side={side}
        >
          <p className="text-small text-ink-muted flex flex-wrap gap-x-3">
            <span className="font-semibold">{side === "vendor" ? (vendor ?? author) : author}</span>
            <span>{t(`side.${side}`)}</span>
            <Time at={writtenAt} form="table" />
          </p>
          <p className="mt-1 wrap-anywhere whitespace-pre-line">{body}</p>
        </li>
      ))}
    </ol>
  );
}
