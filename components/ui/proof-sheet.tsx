import { Breadcrumb, type Crumb } from "./breadcrumb";
import { Time } from "./time";

/** Pressed at the foot: the seal for what was acknowledged or answered, a plain mark for all that only happened. */
export type ProofStamp = { look: "seal" | "plain"; word: string; at: Date | string };

type Props = {
  crumbs?: readonly Crumb[];
  /** Above the sheet, and no part of it: what has just happened. */
  notice?: React.ReactNode;
  /** Whose house issues it: the lockup, without its way home. */
  head: React.ReactNode;
  kind: React.ReactNode;
  number: string;
  /** What it proves, as one sentence. */
  sentence?: React.ReactNode;
  /** The language of the sentence, where it is not the page's. */
  sentenceLang?: string;
  /** Facts, tables, drawings. */
  children: React.ReactNode;
  /** What it can be checked by. */
  check?: React.ReactNode;
  stamp?: ProofStamp;
  /** Its address and the ways to keep it: KeepActions. */
  keep?: React.ReactNode;
};

/** A proof to be kept: one raised sheet, on paper one page. It holds the page's h1. */
export function ProofSheet({ kind, number, sentence, sentenceLang, keep, ...props }: Props) {
  const { crumbs, notice, head, children, check, stamp } = props;
  return (
    <>
      {crumbs && <Breadcrumb crumbs={crumbs} />}
      {notice && <div className="max-w-proof mt-3 print:hidden">{notice}</div>}
      <article className="proof border-line bg-raised text-ui max-w-proof mt-3 rounded-lg border px-10 pt-7 pb-9 max-md:px-5 max-md:pt-5 max-md:pb-6 print:mt-0 print:max-w-none print:rounded-none print:border-0 print:bg-transparent print:p-0">
        <header className="border-line mb-7 flex border-b pb-4 max-md:mb-5 print:mb-4 print:pb-2">
          {head}
        </header>
        <h1 className="mb-5 print:mb-3">
          <span className="text-ink-muted text-ui block leading-6">{kind} </span>
          <span className="text-figure block font-mono font-semibold tracking-tight wrap-anywhere">
            {number}
          </span>
        </h1>
        {sentence && (
          <blockquote
            lang={sentenceLang}
            className="text-lead max-w-measure mb-6 font-semibold text-pretty print:mb-3"
          >
            {sentence}
          </blockquote>
        )}
        {children}
        {(check || stamp) && (
          <footer className="mt-8 flex items-end justify-between gap-x-8 gap-y-6 max-md:flex-col print:mt-4 print:flex-row">
            <div className="min-w-0 flex-1 self-stretch md:self-end print:self-end">{check}</div>
            {stamp && <PressedStamp {...stamp} />}
          </footer>
        )}
      </article>
      {keep}
    </>
  );
}

/** As large as on paper, and a little askew, as a hand sets it. */
function PressedStamp({ look, word, at }: ProofStamp) {
  const colours =
    look === "seal" ? "border-seal text-seal" : "border-line-control text-ink-soft border-dashed";
  return (
    <p
      className={`inline-flex size-24 min-w-max flex-none -rotate-4 flex-col items-center justify-center self-end rounded-lg border-2 px-3 text-center ${colours}`}
    >
      <span className="text-h4 font-semibold">{word} </span>
      <span className="text-caption font-mono">
        <Time at={at} form="table-date" />
      </span>
    </p>
  );
}
