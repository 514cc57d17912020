import { useEffect, useRef } from 'react';

/** Puts the keyboard where the artist types. */
export function focusMessage(): void {
  document.querySelector<HTMLTextAreaElement>('.composer textarea')?.focus();
}

/** Goes on at the message field when what was answered takes the focused button away with it. */
export function useFocusAfterAnswer(isOpen: boolean): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) focusMessage();
    wasOpen.current = isOpen;
  }, [isOpen]);
}
