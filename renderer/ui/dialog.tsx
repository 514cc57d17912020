import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { IconButton } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly className?: string;
  /** Without a title bar; the title is still read out. */
  readonly isBare?: boolean;
}

/**
 * A modal over everything: the browser keeps the focus inside and gives it back; Escape and a click beside it close it.
 * It starts at the element with `data-autofocus`, else at its first control.
 */
export function Dialog({
  title,
  onClose,
  children,
  className = '',
  isBare = false,
}: DialogProps): ReactNode {
  const element = useRef<HTMLDialogElement>(null);
  // A layout effect: the focus is given back only by a dialog that is closed before it leaves the page.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={`dialog ${className}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      {!isBare && (
        <header className="dialog-head">
          <h2>{title}</h2>
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
      )}
      {children}
    </dialog>
  );
}
