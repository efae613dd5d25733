/** Puts the cursor into the composer on screen, once whatever is happening now is done. */
export function focusComposer() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-composer]')?.focus())
}
