import { useTranslations } from "next-intl";

import { GivenFiles } from "@/components/requests/given-files";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { isOpen } from "@/domain/requests/rules";

import { note } from "../actions";
import { Disclosure } from "./disclosure";
import { type RequestParts } from "./request-parts";
import { WordsForm } from "./words-form";
import { WriteForm } from "./write-form";

/** What was written both ways and among handlers, and the two forms to go on. */
export function RequestMessages(parts: RequestParts) {
  const { ctx, found } = parts;
  const t = useTranslations("requests.desk");
  const chosen = useTranslations("requests.filing.task.choices");
  const handles = may(ctx.actor, "request.handle");
  const isMine = found.handlerId === ctx.actor.id;
  const isUnsent = (direction: string) => direction === "to_requester" && !found.requester;
  return (
    <Section title={t("case.messages")}>
      {found.messages.length === 0 && <p className="text-ink-muted">{t("case.noMessages")}</p>}
      <ol>
        {found.messages.map(({ id, direction, authorName, at, text, developer, files }) => (
          <li key={id} className="border-line border-b py-3">
            <p className="text-small text-ink-muted">
              {developer
                ? `${t("case.dir.developer")} · ${found.account?.name ?? ""}`
                : t(`case.dir.${isUnsent(direction) ? "unsent" : direction}`)}{" "}
              · {authorName} · <Time at={at} form="table" />
            </p>
            {developer?.answer && <p className="font-semibold">{chosen(developer.answer)}</p>}
            <p className="max-w-measure wrap-anywhere whitespace-pre-wrap">
              {developer ? developer.words : text}
            </p>
            <GivenFiles files={files} from={{ room: "/ops", number: found.number }} />
          </li>
        ))}
      </ol>
      {handles && (
        <div className="mt-4 grid gap-2">
          {isMine && isOpen(found.status) && <WriteForm {...parts} />}
          <Disclosure title={t("do.noteOpen")}>
            <WordsForm
              found={found}
              action={note}
              act={t("do.note")}
              name="note"
              label={t("do.noteText")}
              hint={t("do.noteHint")}
            />
          </Disclosure>
        </div>
      )}
    </Section>
  );
}
