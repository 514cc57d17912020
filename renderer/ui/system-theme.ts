/** Asks the system whether it is light. */
export const LIGHT = '(prefers-color-scheme: light)';

/** Paints the page before anything is known of the artist's choice. */
export function applySystemTheme(): void {
  document.documentElement.dataset['theme'] = matchMedia(LIGHT).matches ? 'light' : 'dark';
}
