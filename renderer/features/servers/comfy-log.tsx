import { type ReactNode, useEffect, useRef } from 'react';
import './comfy-log.css';

/** What ComfyUI wrote, from its end: what went wrong last stands there. */
export function ComfyLog({ lines }: { readonly lines: readonly string[] }): ReactNode {
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [lines]);
  return (
    <pre ref={box} className="comfy-log" role="region" aria-label="Log of ComfyUI" tabIndex={0}>
      {lines.length === 0 ? 'It wrote nothing.' : lines.join('\n')}
    </pre>
  );
}
