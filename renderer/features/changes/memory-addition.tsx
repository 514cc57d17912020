import type { ReactNode } from 'react';
import { useApp } from '../../state/app-context.ts';
import { Icon } from '../../ui/icon.tsx';

const OUTCOMES = {
  fits: 'it fits',
  slow: 'it will fit only in pieces, which is slow',
  'does-not-fit': 'it will not fit on the card',
  unknown: '',
} as const;

/** What the whole of a change adds to the graphics memory of a render; nothing where it makes no difference. */
export function MemoryAddition({ changeSetId }: { readonly changeSetId: string }): ReactNode {
  const forecast = useApp((state) => state.forecast);
  if (forecast?.changeSetId !== changeSetId || forecast.addition === undefined) return null;
  const outcome = (forecast.after ?? forecast.now).outcome;
  const words = OUTCOMES[outcome];
  return (
    <p className={`memory-addition is-${outcome}`}>
      <Icon name={outcome === 'does-not-fit' ? 'alert' : 'gpu'} />
      <span>
        Graphics memory {forecast.addition}
        {words !== '' && `; ${words}`}
      </span>
    </p>
  );
}
