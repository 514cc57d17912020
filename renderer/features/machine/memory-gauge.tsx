import type { ReactNode } from 'react';
import { useApp, useTools, useWorkspace } from '../../state/app-context.ts';
import { formatGigabytes } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { type DrawnBand, toDrawnBand } from './forecast-band.ts';
import { toMemoryUse } from './memory-use.ts';
import './machine.css';

const OUTCOMES: Readonly<Record<DrawnBand['outcome'], string>> = {
  fits: 'it fits',
  slow: 'it fits in pieces, slowly',
  'does-not-fit': 'it does not fit',
  unknown: '',
};

/** How full the graphics card is, and between renders what the next one will need; a click tells more. */
export function MemoryGauge(): ReactNode {
  const { view } = useTools();
  const { stats, gpus, comfyGpu } = useWorkspace();
  const forecast = useApp((state) => state.forecast);
  const isRendering = useApp(
    (state) => state.session?.state.runs.some(({ status }) => status === 'running') ?? false,
  );
  const device = stats?.devices[0];
  const use = toMemoryUse(device);
  if (device === undefined || use === undefined) return null;
  const isCard = device.type !== 'cpu' && device.type !== 'mps';
  const name = isCard ? 'VRAM' : 'Memory';
  const load = gpus?.find(({ uuid }) => uuid === comfyGpu)?.utilisation;
  const band = isRendering || device.type === 'cpu' ? undefined : toDrawnBand(forecast, use);
  const text = `${formatGigabytes(use.used)} of ${formatGigabytes(use.total)}`;
  const parts = `ComfyUI ${formatGigabytes(use.own)}, other programs ${formatGigabytes(use.others)}`;
  const next = band === undefined ? '' : describeBand(band);
  const used = (use.used / 1024 ** 3).toFixed(1);
  const rest = ` / ${formatGigabytes(use.total)}${load === undefined ? '' : ` · ${String(load)} %`}`;
  const told = [
    `${name} ${text}`,
    parts,
    ...(load === undefined ? [] : [`Load ${String(load)} %`]),
    next,
  ];
  return (
    <button
      type="button"
      className={`gauge is-${use.level}`}
      aria-label={`${name} ${used}${rest}: graphics card`}
      title={[device.name, ...told].filter((line) => line !== '').join('\n')}
      onClick={() => view.showDialog('machine')}
    >
      <Icon name={use.level === 'full' ? 'alert' : 'gpu'} />
      <span className="gauge-text">
        <span className="gauge-name">{name}</span> {used}
        <span className="gauge-name">{rest}</span>
      </span>
      <span
        className="gauge-bar"
        role="meter"
        aria-label={`${name}: ${text}. ${parts}`}
        aria-valuemin={0}
        aria-valuemax={use.total}
        aria-valuenow={use.used}
        aria-valuetext={next === '' ? text : `${text}. ${next}`}
      >
        <span className="is-own" style={{ width: `${String(use.ownShare * 100)}%` }} />
        <span className="is-others" style={{ width: `${String(use.othersShare * 100)}%` }} />
        {band !== undefined && (
          <span
            className={`gauge-band is-${band.outcome}`}
            style={{
              left: `${String(band.from * 100)}%`,
              right: `${String((1 - band.to) * 100)}%`,
            }}
          />
        )}
      </span>
    </button>
  );
}

function describeBand({ minimum, comfortable, outcome }: DrawnBand): string {
  const words = OUTCOMES[outcome];
  return `Next render: ${formatGigabytes(minimum)} to ${formatGigabytes(comfortable)}${words === '' ? '' : `, ${words}`}`;
}
