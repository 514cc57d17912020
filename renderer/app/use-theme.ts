import { useEffect } from 'react';
import { useWorkspace } from '../state/app-context.ts';
import { LIGHT, applySystemTheme } from '../ui/system-theme.ts';

/** Keeps the page in the chosen theme, or in the system's, also when that changes. */
export function useTheme(): void {
  const { theme } = useWorkspace().settings;
  useEffect(() => {
    if (theme !== 'system') {
      document.documentElement.dataset['theme'] = theme;
      return;
    }
    applySystemTheme();
    const query = matchMedia(LIGHT);
    query.addEventListener('change', applySystemTheme);
    return () => query.removeEventListener('change', applySystemTheme);
  }, [theme]);
}
