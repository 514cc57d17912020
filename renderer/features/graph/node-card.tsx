import { Handle, type Node, type NodeProps, Position, useStore } from '@xyflow/react';
import { type ReactNode, memo, use } from 'react';
import { diffText } from '../../../core/domain/workflow/diff/describe/diff-text.ts';
import { settingLabel } from '../../../core/domain/workflow/view/setting-label.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { NodeExtras } from './node-extras.ts';
import {
  type SceneNode,
  type SceneSlot,
  type SceneStatus,
  type SceneWidget,
  metrics,
} from './scene.ts';
import { slotColor } from './slot-colors.ts';
import './node.css';

export type CardNode = Node<{ readonly node: SceneNode; readonly isDiff: boolean }, 'card'>;

const BADGES: Readonly<Record<Exclude<SceneStatus, 'same'>, { icon: IconName; word: string }>> = {
  added: { icon: 'added', word: 'Added' },
  removed: { icon: 'minus', word: 'Removed' },
  changed: { icon: 'changed', word: 'Changed' },
};

/** Below this zoom only titles and outlines can be read, so only they are drawn. */
const FAR = 0.32;

/** One node of the workflow; what changed is told by colour, outline, icon and word alike. */
export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<CardNode>): ReactNode {
  const { node, isDiff } = data;
  const { Peak, Progress, Picture, Absence } = use(NodeExtras);
  const isFar = useStore((state) => state.transform[2] < FAR);
  const classes = [
    'node',
    `is-${node.status}`,
    `is-${node.mode}`,
    isDiff ? 'in-diff' : '',
    selected ? 'is-selected' : '',
    isFar ? 'is-far' : '',
  ];
  const tint = node.color === undefined ? {} : { '--node-tint': node.color };
  return (
    <article
      className={classes.join(' ')}
      style={{ width: node.width, minHeight: node.height, ...tint }}
      aria-label={labelOf(node)}
    >
      <header className="node-title">
        <ModeIcon mode={node.mode} />
        <span className="node-name">{node.title}</span>
        {node.status !== 'removed' && Peak !== undefined && (
          <Peak nodeId={node.id} nodeTitle={node.title} />
        )}
        {node.status !== 'removed' && Absence !== undefined && (
          <Absence classType={node.classType} />
        )}
        <Badge node={node} />
      </header>
      {Progress !== undefined && <Progress nodeId={node.id} />}
      <Slots inputs={node.inputs} outputs={node.outputs} />
      {!isFar && (
        <div className="node-widgets">
          {node.widgets.map((widget) => (
            <WidgetRow key={widget.name} widget={widget} isAdded={node.status === 'added'} />
          ))}
          {node.notes.map((note) => (
            <p key={note} className="node-note">
              <Icon name="changed" />
              {note}
            </p>
          ))}
        </div>
      )}
      {node.status !== 'removed' && Picture !== undefined && (
        <Picture nodeId={node.id} nodeTitle={node.title} />
      )}
    </article>
  );
});

function labelOf(node: SceneNode): string {
  const status = node.status === 'same' ? '' : `, ${BADGES[node.status].word.toLowerCase()}`;
  return `${node.title}${status}`;
}

function ModeIcon({ mode }: { readonly mode: SceneNode['mode'] }): ReactNode {
  if (mode === 'active') return null;
  return (
    <span title={mode === 'muted' ? 'Muted' : 'Bypassed'}>
      <Icon name={mode === 'muted' ? 'mute' : 'bypass'} />
    </span>
  );
}

function Badge({ node }: { readonly node: SceneNode }): ReactNode {
  if (node.status === 'same') return null;
  const { icon, word } = BADGES[node.status];
  return (
    <span className={`badge is-${node.status}`}>
      <Icon name={icon} />
      <span className="badge-word">{word}</span>
    </span>
  );
}

function Slots({
  inputs,
  outputs,
}: {
  readonly inputs: readonly SceneSlot[];
  readonly outputs: readonly SceneSlot[];
}): ReactNode {
  const rows = Math.max(inputs.length, outputs.length);
  return (
    <div className="node-slots" style={{ height: rows * metrics.slot }}>
      {inputs.map((slot, index) => (
        <Slot key={slot.handle} slot={slot} side="in" index={index} />
      ))}
      {outputs.map((slot, index) => (
        <Slot key={slot.handle} slot={slot} side="out" index={index} />
      ))}
    </div>
  );
}

function Slot({
  slot,
  side,
  index,
}: {
  readonly slot: SceneSlot;
  readonly side: 'in' | 'out';
  readonly index: number;
}): ReactNode {
  const top = index * metrics.slot;
  return (
    <div className={`slot is-${side}`} style={{ top, height: metrics.slot }}>
      <Handle
        id={slot.handle}
        type={side === 'in' ? 'target' : 'source'}
        position={side === 'in' ? Position.Left : Position.Right}
        isConnectable={false}
        data-linked={slot.isLinked}
        style={{ '--link-color': slotColor(slot.type) }}
      />
      <span>{slot.name}</span>
    </div>
  );
}

function WidgetRow({
  widget,
  isAdded,
}: {
  readonly widget: SceneWidget;
  readonly isAdded: boolean;
}): ReactNode {
  const isChanged = widget.before !== undefined;
  const classes = [
    'widget',
    widget.isLong ? 'is-long' : '',
    widget.isStacked ? 'is-stacked' : '',
    isChanged ? 'is-changed' : '',
  ];
  return (
    <div
      className={classes.join(' ')}
      title={`${settingLabel(widget.name)}: ${widget.value}`}
      data-added={isAdded || undefined}
    >
      <span className="widget-name">{widget.name}</span>
      <span className="widget-value">
        {widget.before === undefined ? (
          widget.isLinked ? (
            'from link'
          ) : (
            widget.value
          )
        ) : widget.isLong ? (
          <TextChanges before={widget.before} after={widget.value} />
        ) : (
          <>
            <del>{widget.before}</del>
            <span aria-hidden="true"> → </span>
            <ins>{widget.value}</ins>
          </>
        )}
      </span>
    </div>
  );
}

function TextChanges({
  before,
  after,
}: {
  readonly before: string;
  readonly after: string;
}): ReactNode {
  return diffText(before, after).map((change) => (
    <span key={`${change.removed}>${change.added}`} className="text-change">
      {change.removed !== '' && <del>{change.removed}</del>}
      {change.added !== '' && <ins>{change.added}</ins>}
    </span>
  ));
}
