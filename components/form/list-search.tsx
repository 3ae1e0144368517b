import { Button, ButtonLink } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Address } from "@/lib/addresses";

type Props = {
  /** Where the form leads: an address with its language, or a place of this page. */
  action?: string;
  id: string;
  /** What carries the text in the address. */
  name: string;
  value: string;
  maxLength?: number;
  words: { label: string; hint?: string; find: string; clear: string };
  clearHref: Address;
  /** What stays in the address besides, by its name. */
  kept?: Readonly<Record<string, string | false | undefined>>;
};

/** Searches a whole list; what is searched for ends up in the address. */
export function ListSearch({ action: address, words, clearHref, kept, ...input }: Props) {
  const { label, hint, find } = words;
  return (
    <search className="mb-4 block print:hidden">
      <form action={address} className="flex flex-wrap items-end gap-2">
        <Kept kept={kept} />
        <Field id={input.id} label={label} hint={hint} className="max-w-90 min-w-0 flex-1">
          <SearchInput {...input} {...describedBy(input.id, { hint })} />
        </Field>
        <Button type="submit">{find}</Button>
        {input.value && (
          <ButtonLink variant="text" href={clearHref}>
            {words.clear}
          </ButtonLink>
        )}
      </form>
    </search>
  );
}

/** The same for a list among other parts of a page, in one line. */
export function PartSearch({ action: address, words, clearHref, kept, ...input }: Props) {
  return (
    <search className="mb-3 block print:hidden">
      <form action={address} className="flex max-w-120 flex-wrap gap-2">
        <Kept kept={kept} />
        <label htmlFor={input.id} className="sr-only">
          {words.label}
        </label>
        <SearchInput {...input} placeholder={words.label} className="min-w-0 flex-1" />
        <Button type="submit" className="flex-none">
          {words.find}
        </Button>
        {input.value && (
          <ButtonLink variant="text" href={clearHref} className="flex-none">
            {words.clear}
          </ButtonLink>
        )}
      </form>
    </search>
  );
}

function Kept({ kept = {} }: { kept: Props["kept"] }) {
  return Object.entries(kept).map(
    ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
  );
}

type InputProps = Pick<Props, "id" | "name" | "value" | "maxLength"> & {
  placeholder?: string;
  className?: string;
};

function SearchInput({ value, maxLength = 200, ...rest }: InputProps) {
  return <Input type="search" defaultValue={value} maxLength={maxLength} {...rest} />;
}
