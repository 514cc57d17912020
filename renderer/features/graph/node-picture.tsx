import type { ReactNode } from 'react';
import { useApp, useAssetUrl } from '../../state/app-context.ts';
import { newestPictureOf } from '../runs/select-runs.ts';

/** The newest picture that this node saved, as ComfyUI shows it on the node. */
export function NodePicture({
  nodeId,
  nodeTitle,
}: {
  readonly nodeId: string;
  readonly nodeTitle: string;
}): ReactNode {
  const assetId = useApp((state) =>
    newestPictureOf(state.session?.state.runs ?? [], { nodeId, nodeTitle }),
  );
  const toUrl = useAssetUrl();
  if (assetId === undefined) return null;
  return (
    <div className="node-picture">
      <img src={toUrl(assetId, 512)} alt="Newest picture of this node" draggable={false} />
    </div>
  );
}
