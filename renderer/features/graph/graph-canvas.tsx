import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { type FlowNode, toFlow } from './flow-elements.ts';
import { GroupFrame } from './group-frame.tsx';
import { LinkEdge } from './link-edge.tsx';
import { NodeCard } from './node-card.tsx';
import type { Scene } from './scene.ts';
import './graph.css';

interface GraphCanvasProps {
  readonly scene: Scene;
  /** Changes when another thing is shown, which is when the view moves by itself. */
  readonly sceneKey: string;
  readonly focus: { readonly nodeId: string; readonly request: number } | null;
  /** Raised by the buttons "Fit" and "Fit changes". */
  readonly fitRequest: { readonly what: 'all' | 'changes'; readonly request: number };
}

const nodeTypes = { card: NodeCard, frame: GroupFrame };
const edgeTypes = { link: LinkEdge };
const FIT = { padding: 0.14, maxZoom: 1 };
const SMALL_GRAPH = 14;

/** A read-only workflow to look at: pan, zoom, click; editing stays in ComfyUI. */
export function GraphCanvas(props: GraphCanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ scene, sceneKey, focus, fitRequest }: GraphCanvasProps): ReactNode {
  const flow = useMemo(() => toFlow(scene), [scene]);
  const wasMovedRef = useRef(false);
  return (
    <ReactFlow<FlowNode, (typeof flow.edges)[number]>
      className="graph"
      nodes={flow.nodes}
      edges={flow.edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesReconnectable={false}
      elementsSelectable
      deleteKeyCode={null}
      onlyRenderVisibleElements
      minZoom={0.02}
      maxZoom={2}
      panOnScroll={false}
      proOptions={{ hideAttribution: true }}
      aria-label="Workflow"
      onMoveStart={(event) => {
        // Moves by hand come with an event, ours without one.
        if (event !== null) wasMovedRef.current = true;
      }}
    >
      <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
      {scene.nodes.length > SMALL_GRAPH && (
        <MiniMap<FlowNode>
          pannable
          zoomable
          ariaLabel="Overview of the workflow"
          nodeClassName={miniMapClass}
          nodeBorderRadius={8}
        />
      )}
      <ViewMover
        scene={scene}
        sceneKey={sceneKey}
        focus={focus}
        fitRequest={fitRequest}
        wasMovedRef={wasMovedRef}
      />
    </ReactFlow>
  );
}

function miniMapClass(node: FlowNode): string {
  return node.type === 'card' ? `is-${node.data.node.status}` : 'is-frame';
}

/** Moves the view when something else is shown, a row is clicked, a button asks for it, or the pane changes size. */
function ViewMover({
  scene,
  sceneKey,
  focus,
  fitRequest,
  wasMovedRef,
}: GraphCanvasProps & { readonly wasMovedRef: RefObject<boolean> }): ReactNode {
  const { fitView, getNode } = useReactFlow<FlowNode>();
  const { what, request } = fitRequest;
  const fit = useEffectEvent((duration: number) => {
    const isWhole = what === 'all' || scene.touched.length === 0;
    const nodes = isWhole ? {} : { nodes: scene.touched.map((id) => ({ id })) };
    void fitView({ ...FIT, ...nodes, duration });
  });
  useEffect(() => {
    wasMovedRef.current = false;
    fit(fitDuration());
  }, [sceneKey, what, request, wasMovedRef]);
  const size = useStore((state) => `${String(state.width)} ${String(state.height)}`);
  useEffect(() => {
    // Whoever moved the view by hand keeps it.
    if (!wasMovedRef.current) fit(0);
  }, [size, wasMovedRef]);
  const nodeId = focus?.nodeId.split(':')[0];
  useEffect(() => {
    if (nodeId === undefined || getNode(nodeId) === undefined) return;
    wasMovedRef.current = true;
    void fitView({ ...FIT, padding: 0.5, nodes: [{ id: nodeId }], duration: fitDuration() });
  }, [nodeId, focus?.request, fitView, getNode, wasMovedRef]);
  return null;
}

function fitDuration(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220;
}
