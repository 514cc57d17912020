import { type ReactNode, useEffect, useState } from 'react';
import { useTools } from '../../state/app-context.ts';
import { Icon } from '../../ui/icon.tsx';
import { readDroppedFile } from './read-dropped-file.ts';
import './open.css';

/** Takes files that are dropped anywhere; shows so while one is held over the window. */
export function DropZone(): ReactNode {
  const { core, view } = useTools();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFile = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent): void => {
      if (!hasFile(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (): void => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const over = (event: DragEvent): void => {
      if (hasFile(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      depth = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      void readDroppedFile(file).then((source) => {
        if (source.ok) void core.openWorkflow(source.value);
        else view.showError(source.error);
      });
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name as 'drop', listener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name as 'drop', listener);
      }
    };
  }, [core, view]);
  if (!isOver) return null;
  return (
    <div className="drop-zone">
      <p>
        <Icon name="folder" /> Drop to open this workflow or picture
      </p>
    </div>
  );
}
