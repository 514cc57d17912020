import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../core/contract/errors.ts';
import type { ResultOf } from '../../../core/contract/methods.ts';
import { useTools } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../chat/error-notice.tsx';
import { ComfyLog } from './comfy-log.tsx';

interface ComfyCliSectionProps {
  /** Nothing answers, so starting one is what is wanted most. */
  readonly isWanted: boolean;
  readonly onStarted: (url: string) => void;
}

/** Starts and stops the ComfyUI of this computer through comfy-cli; nothing is drawn where that is not there. */
export function ComfyCliSection({ isWanted, onStarted }: ComfyCliSectionProps): ReactNode {
  const { core } = useTools();
  const [folder, setFolder] = useState<string>();
  const [doing, setDoing] = useState<'starting' | 'stopping' | 'asking'>();
  const [error, setError] = useState<AppError>();
  const [log, setLog] = useState<ResultOf<'comfy-cli/logs'>>();
  const stopButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    let isShown = true;
    void core.comfyCli.look().then((install) => {
      if (isShown) setFolder(install?.folder);
    });
    return () => {
      isShown = false;
    };
  }, [core]);
  const start = async (): Promise<void> => {
    setDoing('starting');
    setError(undefined);
    const started = await core.comfyCli.start();
    setDoing(undefined);
    if ('failed' in started) setError(started.failed);
    else onStarted(started.url);
  };
  // The question takes its buttons away with it; the keyboard goes back to where it was asked.
  const wasAsking = useRef(false);
  useEffect(() => {
    if (wasAsking.current && doing === undefined) stopButton.current?.focus();
    wasAsking.current = doing === 'asking' || (wasAsking.current && doing !== undefined);
  }, [doing]);
  if (folder === undefined) return null;
  const stop = async (): Promise<void> => {
    setDoing('stopping');
    setError(undefined);
    setError(await core.comfyCli.stop());
    setDoing(undefined);
  };
  const showLog = async (): Promise<void> => {
    const given = await core.comfyCli.logs();
    if ('failed' in given) setError(given.failed);
    else setLog(given);
  };
  const isBusy = doing === 'starting' || doing === 'stopping';
  return (
    <section className="labelled" aria-label="ComfyUI on this computer">
      <span>ComfyUI on this computer, by comfy-cli</span>
      <small className="dialog-note">{folder}</small>
      {doing === 'asking' ? (
        <div className="choices" role="group" aria-label="Stop ComfyUI?">
          <span className="question">What renders there now will be lost. Stop it?</span>
          <Button autoFocus onClick={() => setDoing(undefined)}>
            Keep it running
          </Button>
          <Button kind="danger" onClick={() => void stop()}>
            Stop it
          </Button>
        </div>
      ) : (
        <div className="choices">
          <Button
            kind={isWanted ? 'primary' : 'default'}
            icon={doing === 'starting' ? 'spinner' : 'play'}
            disabled={isBusy}
            onClick={() => void start()}
          >
            {doing === 'starting' ? 'Starting; this can take minutes' : 'Start ComfyUI'}
          </Button>
          <Button ref={stopButton} icon="stop" disabled={isBusy} onClick={() => setDoing('asking')}>
            Stop ComfyUI
          </Button>
          <Button kind="plain" disabled={doing === 'stopping'} onClick={() => void showLog()}>
            {log === undefined ? 'Show its log' : 'Read its log again'}
          </Button>
          {log !== undefined && (
            <Button kind="plain" onClick={() => setLog(undefined)}>
              Hide it
            </Button>
          )}
        </div>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
      {log !== undefined && (
        <>
          <ComfyLog lines={log.lines} />
          <small className="dialog-note">{log.path}</small>
        </>
      )}
    </section>
  );
}
