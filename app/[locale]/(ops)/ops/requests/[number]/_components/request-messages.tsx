import { useTranslations } from "next-intl";

import { FileField } from "@/components/form/file-field";
import { GivenFiles } from "@/components/requests/given-files";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { isOpen } from "@/domain/requests/rules";

import { note, write } from "../actions";
import { Disclosure } from "./disclosure";
import { type RequestParts } from "./request-parts";
import { WordsForm } from "./words-form";

/** What was written both ways and among handlers, and the two forms to go on. */
export function RequestMessages({ ctx, found }: RequestParts) {
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
          {isMine && isOpen(found.status) && (
            <Disclosure title={t("do.writeOpen")}>
              <WordsForm
                found={found}
                action={write}
                act={t("do.write")}
                name="message"
                label={t("do.writeText")}
                hint={`${t(found.requester ? "do.askHint" : "do.unsentHint")} ${t(`case.reads.${found.locale}`)}`}
                after={<FileField name="files" label={t("do.writeFiles")} multiple />}
              />
            </Disclosure>
          )}
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
