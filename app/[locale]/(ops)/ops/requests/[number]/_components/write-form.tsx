import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { FileField } from "@/components/form/file-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { fillMacro, listMacros, type Macro } from "@/domain/requests/macros";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { translator } from "@/messages/translator";

import { write } from "../actions";
import { Disclosure } from "./disclosure";
import { type RequestParts } from "./request-parts";
import { WordsForm } from "./words-form";

/** Writes to the requester, from a macro where one was picked: in their language, with what the case says. */
export async function WriteForm({ ctx, found, wantedMacro }: RequestParts) {
  const t = await getTranslations("requests.desk");
  const macros = await listMacros(ctx, {});
  const macro = macros.find(({ macroId }) => macroId === wantedMacro);
  const made = macro && madeOf(macro, found);
  return (
    <div id="write">
      <Disclosure title={t("do.writeOpen")} isOpen={macro !== undefined}>
        {macros.length > 0 && (
          <Picker number={found.number} macros={macros} picked={macro?.macroId} />
        )}
        {macro && made && <Picked name={macro.name} missing={made.missing} />}
        <Message
          key={macro?.id ?? "plain"}
          found={found}
          text={made && made.missing.length === 0 ? made.text : null}
        />
      </Disclosure>
    </div>
  );
}

type MessageProps = Pick<RequestParts, "found"> & { text: string | null };

/** The message itself; `text` is what a macro made of it. */
function Message({ found, text }: MessageProps) {
  const t = useTranslations("requests.desk");
  const reach = t(found.requester ? "do.askHint" : "do.unsentHint");
  return (
    <WordsForm
      found={found}
      action={write}
      act={t("do.write")}
      name="message"
      label={t("do.writeText")}
      hint={`${reach} ${t(`case.reads.${found.locale}`)}`}
      after={<FileField name="files" label={t("do.writeFiles")} multiple />}
      {...(text !== null && { value: text })}
    >
      {text !== null && <input type="hidden" name="macro" value="used" />}
    </WordsForm>
  );
}

/** What a macro says for a case, in its requester's language. */
function madeOf({ textZh, textEn }: Macro, found: RequestParts["found"]) {
  const { locale, number, type, appName, app, receivedAt, dueDate, ticketNumber } = found;
  return fillMacro((locale === "en" && textEn) || textZh, {
    number,
    type: translator(locale, "requests")(`type.${type}`),
    app: app?.name ?? appName,
    received: formatDate(receivedAt, locale),
    due: formatDate(shanghaiMidnight(dueDate), locale),
    ticket: ticketNumber,
  });
}

type PickerProps = { number: string; macros: readonly Macro[]; picked: string | undefined };

/** Leads back to the case with a macro in the message's field; it needs no script. */
function Picker({ number, macros, picked = "" }: PickerProps) {
  const t = useTranslations("requests.desk.macros");
  const locale = useLocale();
  return (
    <form
      action={withLanguage(locale, at("/ops/requests/*", number, { "#": "write" }))}
      className="mb-4 flex flex-wrap items-end gap-2 print:hidden"
    >
      <Field id="macro" label={t("pick")} className="min-w-0 flex-1">
        <Select id="macro" name="macro" defaultValue={picked}>
          <option value="">{t("choose")}</option>
          {macros.map(({ macroId, name }) => (
            <option key={macroId} value={macroId}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit">{t("insert")}</Button>
    </form>
  );
}

type PickedProps = { name: string; missing: ReturnType<typeof fillMacro>["missing"] };

/** Whether it stands in the field now, and if not, what this case does not say. */
function Picked({ name, missing }: PickedProps) {
  const t = useTranslations("requests.desk.macros");
  const list = missing.map((one) => t(`variable.${one}`)).join(t("variableSeparator"));
  return (
    <p role="status" className="text-small mb-3">
      {missing.length > 0 ? t("missing", { name, list }) : t("used", { name })}
    </p>
  );
}
