import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
} from '@xyflow/react';
import { type ReactNode, memo } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { SceneStatus } from './scene.ts';
import { slotColor } from './slot-colors.ts';

export type LinkEdgeData = Edge<
  { readonly status: SceneStatus; readonly type: string; readonly isDiff: boolean },
  'link'
>;

/** One link: added is solid and thick with a plus, removed is dashed with a minus, the rest is thin. */
export const LinkEdge = memo(function LinkEdge(props: EdgeProps<LinkEdgeData>): ReactNode {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props;
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  const [path, labelX, labelY] = getBezierPath(ends);
  const status = data?.status ?? 'same';
  const style = { '--link-color': slotColor(data?.type ?? '') };
  const dim = data?.isDiff === true && status === 'same' ? ' is-dim' : '';
  return (
    <>
      <BaseEdge id={props.id} path={path} className={`link is-${status}${dim}`} style={style} />
      {(status === 'added' || status === 'removed') && (
        <EdgeLabelRenderer>
          <span
            className={`link-mark is-${status}`}
            style={{
              transform: `translate(-50%, -50%) translate(${String(labelX)}px, ${String(labelY)}px)`,
            }}
          >
            <Icon name={status === 'added' ? 'added' : 'minus'} />
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
