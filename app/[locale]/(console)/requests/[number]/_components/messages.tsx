import { useTranslations } from "next-intl";

import { Prose } from "@/components/broadcasts/broadcast-facts";
import { GivenFiles } from "@/components/requests/given-files";
import { Section } from "@/components/ui/section";
import { Timeline } from "@/components/ui/timeline";
import { Time } from "@/components/ui/time";
import type { OwnRequest } from "@/domain/requests/read-own";

/** What requester and handler wrote to each other. */
export function Messages({ messages, number }: Pick<OwnRequest, "messages" | "number">) {
  const t = useTranslations("requests.filing.messages");
  return (
    <Section title={t("title")}>
      {messages.length === 0 ? (
        <p className="text-ink-muted">{t("empty")}</p>
      ) : (
        <Timeline
          label={t("title")}
          events={messages.map(({ id, isFromRequester, body, at, files }) => ({
            key: id,
            tone: isFromRequester ? "info" : "run",
            title: t(isFromRequester ? "requester" : "handler"),
            note: <Time at={at} form="table" />,
            children: (
              <>
                <bdi className="block break-words">
                  <Prose text={body} />
                </bdi>
                <GivenFiles files={files} from={{ room: "", number }} />
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}
