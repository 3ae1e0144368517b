export type Landing = { locale: string; returnPath: string };

/** Where the reader was going, and in which language. */
export const Hidden = ({ locale, returnPath }: Landing) => (
  <>
    <input type="hidden" name="locale" value={locale} />
    <input type="hidden" name="return" value={returnPath} />
  </>
);
