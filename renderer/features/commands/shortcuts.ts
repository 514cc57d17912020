/** The part of a key event that a shortcut looks at. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** True when the keys pressed are exactly the shortcut, e.g. "Mod+Shift+Z". */
export function matchesShortcut(shortcut: string, press: KeyPress): boolean {
  const parts = shortcut.toLowerCase().split('+');
  const key = parts.at(-1);
  const has = (name: string): boolean => parts.includes(name);
  return (
    press.key.toLowerCase() === key &&
    (press.ctrlKey || press.metaKey) === has('mod') &&
    press.shiftKey === has('shift') &&
    !press.altKey
  );
}

/** The shortcut as it is printed on keys here: "⌘⇧Z" on a Mac, "Ctrl+Shift+Z" elsewhere. */
export function describeShortcut(shortcut: string, isMac: boolean): string {
  if (!isMac) return shortcut.replace('Mod', 'Ctrl');
  return shortcut.replace('Mod+', '⌘').replace('Shift+', '⇧').replace('Enter', '↩');
}

/** True on Apple's systems, where Cmd stands for Ctrl. */
export function isApple(platform: string): boolean {
  return /mac|darwin|iphone|ipad/i.test(platform);
}
