import type { ReactNode } from 'react';
import { useWorkspace } from '../../state/app-context.ts';
import { formatGigabytes } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { toMemoryUse } from './memory-use.ts';
import './machine.css';

/** How full the graphics card is: ComfyUI's part, others' part, the whole. */
export function MemoryGauge(): ReactNode {
  const { stats } = useWorkspace();
  const device = stats?.devices[0];
  const use = toMemoryUse(device);
  if (device === undefined || use === undefined) return null;
  const isCard = device.type !== 'cpu';
  const name = isCard ? 'VRAM' : 'Memory';
  const text = `${formatGigabytes(use.used)} of ${formatGigabytes(use.total)}`;
  const parts = `ComfyUI ${formatGigabytes(use.own)}, other programs ${formatGigabytes(use.others)}`;
  return (
    <div
      className={`gauge is-${use.level}`}
      role="meter"
      aria-label={`${name}: ${text}. ${parts}`}
      aria-valuemin={0}
      aria-valuemax={use.total}
      aria-valuenow={use.used}
      title={`${device.name}\n${name} ${text}\n${parts}`}
    >
      <Icon name={use.level === 'full' ? 'alert' : 'gpu'} />
      <span className="gauge-text">
        <span className="gauge-name">{name}</span> {(use.used / 1024 ** 3).toFixed(1)}
        <span className="gauge-name"> / {formatGigabytes(use.total)}</span>
      </span>
      <span className="gauge-bar">
        <span className="is-own" style={{ width: `${String(use.ownShare * 100)}%` }} />
        <span className="is-others" style={{ width: `${String(use.othersShare * 100)}%` }} />
      </span>
    </div>
  );
}
