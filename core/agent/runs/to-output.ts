import type { Output } from '../../contract/run/run.schema.ts';
import type { WorkflowView } from '../../domain/workflow/view/view.ts';
import type { Assets } from '../../ports/assets.ts';
import type { ComfyFile } from '../../ports/comfy.ts';

interface OutputContext {
  readonly view: WorkflowView;
  readonly server: string;
  readonly assets: Assets;
  readonly promptId: string;
}

const groups: Readonly<Record<string, Output['kind']>> = {
  images: 'image',
  gifs: 'animation',
  audio: 'audio',
  video: 'video',
  videos: 'video',
};

/** A file of ComfyUI as the page sees it: by reference, with the title of the node that made it. */
export function toOutput(file: ComfyFile, { view, server, assets }: OutputContext): Output {
  const { nodeId, filename, subfolder, folder, group, isAnimated } = file;
  const source = { kind: 'comfy-file', server, filename, subfolder, folder } as const;
  return {
    assetId: assets.register(source),
    nodeId,
    nodeTitle: view.node(nodeId)?.title ?? `Node ${nodeId}`,
    kind: isAnimated ? 'animation' : (groups[group] ?? 'other'),
    filename,
    subfolder,
    folder,
  };
}

/** A text that a node showed, e.g. Preview Any. */
export function toTextOutput(
  nodeId: string,
  text: string,
  { view, assets, promptId }: OutputContext,
): Output {
  const source = {
    kind: 'bytes',
    bytes: new TextEncoder().encode(text),
    mediaType: 'text/plain; charset=utf-8',
  } as const;
  return {
    assetId: assets.register(source, `${promptId} ${nodeId}`),
    nodeId,
    nodeTitle: view.node(nodeId)?.title ?? `Node ${nodeId}`,
    kind: 'text',
    filename: '',
    subfolder: '',
    folder: 'temp',
    text,
  };
}
