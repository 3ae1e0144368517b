export type MailLink = { mail: string; token: string };

/** The link's two parts, sent with the form. */
export function LinkFields({ link: { mail, token } }: { link: MailLink }) {
  return (
    <>
      <input type="hidden" name="mail" value={mail} />
      <input type="hidden" name="token" value={token} />
    </>
  );
}
