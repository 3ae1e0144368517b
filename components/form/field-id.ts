/** The id of a field's control, on the server and in the browser; the error summary links to it. */
export const fieldId = (name: string): string => `field-${name.replace(/[^a-zA-Z0-9]+/g, "-")}`;
