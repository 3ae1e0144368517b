/** A moved row is a change nobody typed; the form's guard has to hear of it. */
export function markChanged(button: HTMLButtonElement): void {
  button.form?.dispatchEvent(new Event("input", { bubbles: true }));
}
