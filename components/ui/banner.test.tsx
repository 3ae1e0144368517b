import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { Banner } from "./banner";

const shown = (banner: React.ReactElement) => renderToStaticMarkup(banner);

test("the bold beginning and what follows are two words for whoever hears or copies them", () => {
  expect(shown(<Banner title="A change.">It takes effect.</Banner>).replace(/<[^>]*>/g, "")).toBe(
    "A change. It takes effect.",
  );
});

test("what has just happened stays off the paper; what stands on the page is printed", () => {
  expect(shown(<Banner role="status">Saved</Banner>)).toContain("print:hidden");
  expect(shown(<Banner>Withdrawn</Banner>)).not.toContain("print:hidden");
});
