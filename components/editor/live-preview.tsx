"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import type { FormAction } from "@/components/form/action-form";
import { asRefusal } from "@/components/form/answered";

import type { Editor } from "./markdown-editor";
import { signsOf } from "./signs";

/** Milliseconds without a letter after which the preview is drawn anew. */
const PAUSE = 400;

type Props = {
  areaId: string;
  label: string;
  lang: string | undefined;
  editor: Editor;
  draw: FormAction;
};

/**
 * The text as its readers will see it, drawn by the server from what stands in the field now. It scrolls
 * along with the editor, by the share of the letters that stand above.
 */
export function LivePreview({ areaId, label, lang, editor, draw }: Props) {
  const t = useTranslations("ui.editor");
  const pane = useRef<HTMLDivElement>(null);
  const { shown, isFailed } = useDrawn(areaId, draw);

  useEffect(
    () => editor.onScroll((share) => pane.current && scrollTo(pane.current, share)),
    [editor],
  );
  return (
    <div
      ref={pane}
      role="region"
      aria-label={t("previewOf", { label })}
      tabIndex={0}
      lang={lang}
      className="border-line bg-surface relative h-[60dvh] overflow-auto rounded-md border p-4 xl:absolute xl:inset-0 xl:h-auto"
    >
      {isFailed && <p className="text-small text-ink-muted mb-3">{t("previewFailed")}</p>}
      {shown}
    </div>
  );
}

/** What the server made of the field last, and whether it failed at what stands there now. */
function useDrawn(areaId: string, draw: FormAction) {
  const [drawn, setDrawn] = useState<{ shown: React.ReactNode; isFailed: boolean }>({
    shown: null,
    isFailed: false,
  });
  useEffect(() => {
    const area = document.getElementById(areaId);
    if (!(area instanceof HTMLTextAreaElement)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = 0;
    const redraw = async () => {
      const mine = ++asked;
      const form = new FormData();
      form.set("text", area.value);
      const state = await draw({ status: "idle" }, form).catch(asRefusal);
      // A later wording may have been drawn before this one came.
      if (mine !== asked) return;
      setDrawn(({ shown }) =>
        state.status === "done"
          ? { shown: state.shown, isFailed: false }
          : { shown, isFailed: true },
      );
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void redraw(), PAUSE);
    };
    void redraw();
    area.addEventListener("input", later);
    return () => {
      asked += 1;
      clearTimeout(timer);
      area.removeEventListener("input", later);
    };
  }, [areaId, draw]);
  return drawn;
}

/** Brings the letter before which this share of all letters stands to the top. */
function scrollTo(pane: HTMLElement, share: number): void {
  const letters = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  let left = share * signsOf(pane.textContent ?? "");
  for (let node = letters.nextNode(); node; node = letters.nextNode()) {
    left -= signsOf(node.textContent ?? "");
    if (left >= 0 || !node.parentElement) continue;
    const { top } = node.parentElement.getBoundingClientRect();
    pane.scrollTop += top - pane.getBoundingClientRect().top - 16;
    return;
  }
}
