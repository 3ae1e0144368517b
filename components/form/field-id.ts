/**
 * The id of a field's control, on the server and in the browser; the error summary links to it. `scope`
 * tells apart the fields of forms that stand on one page several times.
 */
export const fieldId = (name: string, scope = ""): string =>
  `field-${`${scope}${scope && "-"}${name}`.replace(/[^a-zA-Z0-9]+/g, "-")}`;
