import { type ReactNode, useState } from 'react';
import type { Run, RunStall } from '../../../core/contract/run/run.schema.ts';
import { useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ComfyLog } from '../servers/comfy-log.tsx';
import { describeStall } from './select-runs.ts';
import './stall.css';

/** The run that stands still now: what is known, and what can be done. Nothing is done by itself. */
export function StallNotice({
  run,
  stall,
}: {
  readonly run: Run;
  readonly stall: RunStall;
}): ReactNode {
  const { core } = useTools();
  const [log, setLog] = useState<readonly string[] | undefined>(undefined);
  const { promptId } = run;
  return (
    <div className="stall" role="group" aria-label="Stands still">
      <p>{describeStall(stall)}</p>
      <div className="stall-actions">
        <Button icon="clock" onClick={() => void core.keepWaiting(promptId)}>
          Keep waiting
        </Button>
        <Button icon="menu" onClick={() => void core.readComfyLog().then((lines) => setLog(lines))}>
          Look at the log
        </Button>
        <Button icon="stop" onClick={() => void core.cancelRun(promptId)}>
          Cancel the run
        </Button>
      </div>
      {log !== undefined && (
        <Dialog title="What ComfyUI wrote last" onClose={() => setLog(undefined)}>
          <ComfyLog lines={log} />
        </Dialog>
      )}
    </div>
  );
}
