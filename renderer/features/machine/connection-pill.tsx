import type { ReactNode } from 'react';
import type { Connection } from '../../../core/contract/machine/machine.schema.ts';
import { useTools, useWorkspace } from '../../state/app-context.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { describeKeptNodes } from './describe-connection.ts';
import './machine.css';

interface PillLook {
  readonly icon: IconName;
  readonly tone: 'good' | 'practice' | 'busy' | 'bad';
  readonly text: string;
}

/** How the link to ComfyUI looks in the bar. */
function toPill(connection: Connection): PillLook {
  switch (connection.status) {
    case 'ready':
      return connection.isPractice
        ? { icon: 'circle', tone: 'practice', text: 'Practice' }
        : { icon: 'check', tone: 'good', text: 'ComfyUI' };
    case 'degraded':
      return { icon: 'alert', tone: 'bad', text: 'ComfyUI, limited' };
    case 'connecting':
    case 'discovering':
      return { icon: 'spinner', tone: 'busy', text: 'Connecting' };
    case 'offline':
    case 'error':
      return { icon: 'alert', tone: 'bad', text: 'Not connected' };
    default:
      return connection.status satisfies never;
  }
}

/** Says what we are connected to; a click changes it. */
export function ConnectionPill(): ReactNode {
  const { view } = useTools();
  const { connection } = useWorkspace();
  const { icon, tone, text } = toPill(connection);
  const where = connection.url === undefined ? '' : ` at ${connection.url}`;
  const nodes = describeKeptNodes(connection);
  return (
    <button
      type="button"
      className={`pill is-${tone}`}
      aria-label={`Connection: ${text}${where}. Change`}
      title={`${text}${where}${nodes === '' ? '' : `\n${nodes}`}`}
      data-status={connection.status}
      onClick={() => view.showDialog('connect')}
    >
      <Icon name={icon} />
      {text}
    </button>
  );
}
