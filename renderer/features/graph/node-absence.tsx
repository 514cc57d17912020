import type { ReactNode } from 'react';
import { useApp } from '../../state/app-context.ts';
import { Icon } from '../../ui/icon.tsx';

/** A mark on a node that the ComfyUI in use does not have. */
export function NodeAbsence({ classType }: { readonly classType: string }): ReactNode {
  const isAbsent = useApp((state) => state.absentClasses.has(classType));
  if (!isAbsent) return null;
  return (
    <span className="badge is-absent" title={`This ComfyUI has no “${classType}” node`}>
      <Icon name="alert" />
      <span className="badge-word">Missing</span>
    </span>
  );
}
