import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'title'> {
  readonly kind?: 'plain' | 'primary' | 'danger' | 'default';
  readonly icon?: IconName;
  readonly shortcut?: string;
}

/** A button with words on it. */
export function Button({
  kind = 'default',
  icon,
  shortcut,
  children,
  className = '',
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button type="button" className={`button is-${kind} ${className}`} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
      {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'title' | 'children'> {
  readonly icon: IconName;
  /** Its accessible name and its tooltip. */
  readonly label: string;
  readonly shortcut?: string;
}

/** A button that is only an icon; the name is read out and shown on hover. */
export function IconButton({
  icon,
  label,
  shortcut,
  className = '',
  ...rest
}: IconButtonProps): ReactNode {
  const hint = shortcut === undefined ? label : `${label} (${shortcut})`;
  return (
    <button
      type="button"
      className={`button is-plain is-icon ${className}`}
      aria-label={label}
      title={hint}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
