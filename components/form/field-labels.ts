export type FieldLabels = ReadonlyMap<string, string>;

/** Read off the page when a form is sent, so that the error summary can say which field it means. */
export function labelsIn(form: HTMLFormElement): FieldLabels {
  const labels = form.querySelectorAll<HTMLElement>("[data-field-label]");
  return new Map([...labels].map((label) => [label.dataset.fieldLabel ?? "", label.innerText]));
}
