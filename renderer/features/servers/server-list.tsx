import { type ReactNode, useEffect, useState } from 'react';
import type { ResultOf } from '../../../core/contract/methods.ts';
import { useTools, useWorkspace } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type ServerRow, toServerRows } from './describe-server.ts';
import './servers.css';

interface ServerListProps {
  readonly isBusy: boolean;
  readonly onConnect: (target: 'practice' | { readonly url: string }) => void;
}

/** Every ComfyUI that is known or answers, what it is doing, and which one is used. */
export function ServerList({ isBusy, onConnect }: ServerListProps): ReactNode {
  const { core, view } = useTools();
  const { connection, settings } = useWorkspace();
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<{
    readonly round: number;
    readonly servers: ResultOf<'comfy/discover'> | undefined;
  }>();
  const listed = answer?.round === round ? answer.servers : undefined;
  const isLooking = answer?.round !== round;
  useEffect(() => {
    let isWanted = true;
    void core.listServers().then((servers) => {
      if (isWanted) setAnswer({ round, servers });
    });
    return () => {
      isWanted = false;
    };
  }, [core, round, settings.servers]);
  const isOn = connection.status === 'ready' || connection.status === 'degraded';
  const current = isOn && !connection.isPractice ? connection.url : undefined;
  const rows = toServerRows(settings.servers ?? [], listed, current);
  return (
    <section aria-label="Servers">
      <ul className="servers">
        {rows.map((row) => (
          <li key={row.url} data-current={row.isCurrent}>
            <Icon name={row.isCurrent ? 'check' : row.error === undefined ? 'circle' : 'alert'} />
            <ServerText row={row} />
            <Button
              kind="plain"
              aria-label={`${row.isNamed ? 'Edit' : 'Name it:'} ${row.name ?? row.url}`}
              onClick={() => view.editServer(row.url)}
            >
              {row.isNamed ? 'Edit' : 'Name it'}
            </Button>
            <Button
              disabled={isBusy || row.isCurrent}
              aria-label={
                row.isCurrent
                  ? `In use: ${row.name ?? row.url}`
                  : `Connect to ${row.name ?? row.url}`
              }
              onClick={() => onConnect({ url: row.url })}
            >
              {row.isCurrent ? 'In use' : 'Connect'}
            </Button>
          </li>
        ))}
        <li data-current={connection.isPractice}>
          <Icon name={connection.isPractice ? 'check' : 'circle'} />
          <span className="server-text">
            <strong>The practice ComfyUI</strong>
            <small>Needs no graphics card; makes stand-in pictures, plainly marked</small>
          </span>
          <Button
            disabled={isBusy || connection.isPractice}
            aria-label={`The practice ComfyUI: ${connection.isPractice ? 'in use' : 'use it'}`}
            onClick={() => onConnect('practice')}
          >
            {connection.isPractice ? 'In use' : 'Use it'}
          </Button>
        </li>
      </ul>
      <div className="choices">
        <Button icon="plus" onClick={() => view.editServer(null)}>
          Add a server
        </Button>
        <Button icon="search" disabled={isLooking} onClick={() => setRound(round + 1)}>
          {isLooking ? 'Looking…' : 'Look again'}
        </Button>
      </div>
    </section>
  );
}

function ServerText({ row }: { readonly row: ServerRow }): ReactNode {
  return (
    <span className="server-text">
      <strong>{row.name ?? row.url}</strong>
      <small className={row.error === undefined ? '' : 'is-trouble'}>
        {row.name === undefined
          ? row.about
          : `${row.url}${row.about === '' ? '' : ` · ${row.about}`}`}
      </small>
    </span>
  );
}
