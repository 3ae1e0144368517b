"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { useForm } from "@/components/form/form-state";
import { Banner } from "@/components/ui/banner";
import { linkClass } from "@/components/ui/link";
import { formatTime } from "@/lib/format";

/** Milliseconds without a letter after which what is typed is kept, and between two signs of life. */
const PAUSE = 1_200;
const ROUND = 20_000;

/** As domain/reviews/keep-typed.ts answers. */
type Answer = {
  kept: string | null;
  others: { name: string; isTyping: boolean }[];
  ahead: { name: string | null; at: string } | null;
};
type Standing = Answer & { keptAt: Date | null; isLost: boolean };

const ALONE: Standing = { kept: null, others: [], ahead: null, keptAt: null, isLost: false };

type Props = {
  /** Where what is typed is sent. */
  to: string;
  /** The page of the draft. */
  here: string;
  revision: number;
};

/**
 * Keeps what is typed in the form around it and not saved, and tells who else has the draft open and
 * whether somebody has saved it meanwhile. Says nothing while there is nothing to say.
 */
export function DraftKeeper({ to, here, revision }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { isUnsaved = false, pending } = useForm();
  const standing = useStanding(place, { to, revision, isUnsaved, isBusy: pending });
  return (
    <div ref={place} role="status" className="text-small text-ink-muted grid gap-1 empty:hidden">
      <Ahead standing={standing} here={here} />
      <Others others={standing.others} />
      {isUnsaved && <Kept standing={standing} />}
    </div>
  );
}

/** Somebody has saved meanwhile: whose words are where. */
function Ahead({ standing: { ahead, kept }, here }: { standing: Standing; here: string }) {
  const t = useTranslations("reviews.browser.keeper");
  if (!ahead) return null;
  const at = formatTime(new Date(ahead.at));
  return (
    <Banner
      tone="warn"
      title={ahead.name ? t("aheadOf", { name: ahead.name, at }) : t("ahead", { at })}
    >
      {kept && (
        <>
          {t("nothingLost")}{" "}
          <a href={`${here}?state=${kept}`} target="_blank" className={linkClass("text")}>
            {t("compare")}
          </a>{" "}
        </>
      )}
      <a href={here} className={linkClass("text")}>
        {t("openNow")}
      </a>
    </Banner>
  );
}

/** Who else has the draft open; of several those who are writing. */
function Others({ others }: Pick<Standing, "others">) {
  const t = useTranslations("reviews.browser.keeper");
  const typing = others.filter(({ isTyping }) => isTyping);
  if (others.length === 0) return null;
  return (
    <p>
      {typing.length > 0
        ? t("typing", { names: namesOf(typing) })
        : t("others", { names: namesOf(others) })}
    </p>
  );
}

function Kept({ standing: { isLost, keptAt } }: { standing: Standing }) {
  const t = useTranslations("reviews.browser.keeper");
  if (isLost) return <p className="text-danger">{t("lost")}</p>;
  return keptAt && <p>{t("kept", { at: formatTime(keptAt) })}</p>;
}

const namesOf = (people: readonly { name: string }[]): string =>
  people.map(({ name }) => name).join("、");

type Watch = { to: string; revision: number; isUnsaved: boolean; isBusy: boolean };

/** What the server says of the draft: asked after each pause in typing, and again and again. */
function useStanding(place: React.RefObject<HTMLElement | null>, watch: Watch): Standing {
  const { to, revision, isUnsaved, isBusy } = watch;
  const [standing, setStanding] = useState(ALONE);
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form || isBusy) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const later = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => void send(), ms);
    };
    const send = async () => {
      later(ROUND);
      if (document.visibilityState !== "visible" && !isUnsaved) return;
      const body = isUnsaved ? new FormData(form) : new FormData();
      body.set("revision", String(revision));
      if (isUnsaved) body.set("typed", "yes");
      const found = await fetch(to, { method: "POST", body })
        .then(async (one) => (one.ok ? ((await one.json()) as Answer) : null))
        .catch(() => null);
      if (isOver) return;
      setStanding((last) =>
        found
          ? { ...found, keptAt: found.kept ? new Date() : null, isLost: false }
          : { ...last, isLost: true },
      );
    };
    const onInput = () => later(PAUSE);
    const onSeen = () => later(0);
    form.addEventListener("input", onInput);
    document.addEventListener("visibilitychange", onSeen);
    later(isUnsaved ? PAUSE : 0);
    return () => {
      isOver = true;
      clearTimeout(timer);
      form.removeEventListener("input", onInput);
      document.removeEventListener("visibilitychange", onSeen);
    };
  }, [place, to, revision, isUnsaved, isBusy]);
  return standing;
}
