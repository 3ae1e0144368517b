"use client";

import "./globals.css";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** The last resort, when even the document could not be rendered: no messages are at hand, so it says both. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="zh-CN">
      <body className="bg-surface text-body p-8">
        <main className="max-w-measure mx-auto">
          <h1 className="text-h3">页面没有显示出来</h1>
          <p className="mt-2">问题出在我们这边，请重试一次。</p>
          <p className="mt-2" lang="en">
            This page could not be shown. The fault is ours; please try again.
          </p>
          {error.digest && <p className="text-small text-ink-muted mt-4">{error.digest}</p>}
          <button
            type="button"
            onClick={reset}
            className="border-line-strong mt-6 min-h-11 rounded-md border px-4"
          >
            重试 <span lang="en">Try again</span>
          </button>
        </main>
      </body>
    </html>
  );
}
