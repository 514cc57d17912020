/** Moves the keyboard to the first row of the newest change that waits; false when none does. */
export function focusOpenChange(): boolean {
  const cards = document.querySelectorAll('[data-change-set][data-status="proposed"]');
  const row = [...cards].at(-1)?.querySelector<HTMLElement>('[data-row]');
  row?.focus();
  return row !== null && row !== undefined;
}
