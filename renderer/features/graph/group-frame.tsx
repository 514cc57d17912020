import type { Node, NodeProps } from '@xyflow/react';
import { type ReactNode, memo } from 'react';
import type { SceneGroup } from './scene.ts';

export type FrameNode = Node<{ readonly group: SceneGroup }, 'frame'>;

/** A frame that the artist drew behind nodes. */
export const GroupFrame = memo(function GroupFrame({ data }: NodeProps<FrameNode>): ReactNode {
  const { group } = data;
  const tint = group.color === undefined ? {} : { '--group-tint': group.color };
  return (
    <div className="group" style={{ width: group.width, height: group.height, ...tint }}>
      <span>{group.title}</span>
    </div>
  );
});
