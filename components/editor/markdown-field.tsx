"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useEffect, useRef, useState } from "react";

import type { FormAction } from "@/components/form/action-form";
import { fieldId } from "@/components/form/field-id";
import { TextareaField } from "@/components/form/fields";
import { buttonClass } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { cn } from "@/lib/cn";

import { LivePreview } from "./live-preview";
import type { Act, Editor } from "./markdown-editor";

type Props = ComponentProps<typeof TextareaField> & {
  label: string;
  /** Written behind what is sensitive, in the text's own language. */
  sensitive: string;
  /** Draws a text as its readers see it. */
  draw: FormAction;
};

/**
 * A long text in Markdown. With scripts it is written as it will be read: headings, bold and tables
 * look it, and what is pasted from a page or from Word keeps them. Without, it is a plain field.
 */
export function MarkdownField({ sensitive, draw, ...field }: Props) {
  const id = fieldId(field.name);
  const labelId = `${id}-editor-label`;
  const { host, editor } = useEditor({ id, labelId, sensitive });
  const [isPreviewed, setPreviewed] = useState(false);
  return (
    <div className="group/editor min-w-0" data-open={editor ? "" : undefined}>
      <TextareaField
        {...field}
        label={<span id={labelId}>{field.label}</span>}
        className="group-data-open/editor:sr-only group-data-open/editor:min-h-0!"
        tabIndex={editor ? -1 : undefined}
        aria-hidden={editor ? true : undefined}
      />
      {editor && (
        <Toolbar
          run={editor.run}
          isPreviewed={isPreviewed}
          onPreview={() => setPreviewed(!isPreviewed)}
        />
      )}
      <div
        className={cn(isPreviewed && "gap-4 xl:grid xl:grid-cols-2")}
        data-previewing={isPreviewed ? "" : undefined}
      >
        <div ref={host} className={cn("min-w-0", isPreviewed && "max-xl:hidden")} />
        {editor && isPreviewed && (
          <div className="relative min-w-0">
            <LivePreview
              areaId={id}
              label={field.label}
              lang={field.lang}
              editor={editor}
              draw={draw}
            />
          </div>
        )}
      </div>
    </div>
  );
}

type Opening = { id: string; labelId: string; sensitive: string };

/** The editor, once its script is there; a field that cannot load it stays what it is. */
function useEditor({ id, labelId, sensitive }: Opening) {
  const t = useTranslations("ui.editor");
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  useEffect(() => {
    let opened: Editor | undefined;
    let isGone = false;
    const open = async () => {
      const { openEditor } = await import("./markdown-editor");
      const area = document.getElementById(id);
      if (isGone || !host.current || !(area instanceof HTMLTextAreaElement)) return;
      const cell = (column: string, row: number) => t("cell", { column, row });
      const rows = { addRow: t("addRow"), removeRow: t("removeRow") };
      const columns = { addColumn: t("addColumn"), removeColumn: t("removeColumn") };
      opened = openEditor({
        ...{ area, parent: host.current, labelledBy: labelId },
        words: {
          table: { ...rows, ...columns, cell },
          sensitive,
          newTable: `| ${t("newTable.first")} | ${t("newTable.second")} |\n| --- | --- |\n|  |  |`,
        },
      });
      setEditor(opened);
    };
    open().catch(() => undefined);
    return () => {
      isGone = true;
      opened?.close();
      setEditor(undefined);
    };
  }, [id, labelId, sensitive, t]);
  return { host, editor };
}

const BUTTONS = ["bold", "sensitive", "list", "numbers", "link", "table", "undo", "redo"] as const;
const DEPTHS = [0, 2, 3, 4] as const;
const BUTTON = `${buttonClass({ variant: "text", size: "sm" })} max-md:px-2.5`;

type BarProps = { run: (act: Act) => void; isPreviewed: boolean; onPreview: () => void };

function Toolbar({ run, isPreviewed, onPreview }: BarProps) {
  const t = useTranslations("ui.editor");
  const [isSource, setIsSource] = useState(false);
  return (
    <div
      role="toolbar"
      aria-label={t("bar")}
      // The cursor stays where it is in the text.
      onMouseDown={(event) => {
        if (event.target instanceof HTMLButtonElement) event.preventDefault();
      }}
      className="border-line-control bg-sunken flex flex-wrap items-center gap-1 rounded-t-md border border-b-0 p-1"
    >
      <Select
        aria-label={t("heading")}
        value=""
        onChange={({ target }) => run({ act: "heading", depth: Number(target.value) })}
        className="w-auto"
      >
        <option value="" disabled hidden>
          {t("heading")}
        </option>
        {DEPTHS.map((depth) => (
          <option key={depth} value={depth}>
            {t(`depth.${depth}`)}
          </option>
        ))}
      </Select>
      {BUTTONS.map((act) => (
        <button
          key={act}
          type="button"
          className={BUTTON}
          onClick={() => run({ act })}
          {...(act === "bold" && { "aria-keyshortcuts": "Control+B Meta+B" })}
        >
          {t(`act.${act}`)}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={isSource}
        className={BUTTON}
        onClick={() => {
          run({ act: "source", shown: !isSource });
          setIsSource(!isSource);
        }}
      >
        {t("source")}
      </button>
      <button type="button" aria-pressed={isPreviewed} className={BUTTON} onClick={onPreview}>
        {t("preview")}
      </button>
    </div>
  );
}
