import { type JsonObject, type JsonValue } from '../../base/json.ts';
import { type FrameFormat, toMetadataPreviewFrame, toPreviewFrame } from '../sockets/frames.ts';
import { type SocketHub } from '../sockets/socket-hub.ts';
import { type QueueItem } from './prompt-queue.ts';

/** Tells a run's events as ComfyUI does; what goes to whom depends on its client id. */
export interface RunEvents {
  /** `execution_*`; kept for the history. */
  readonly messages: readonly (readonly [string, JsonObject])[];
  execution(event: string, data: JsonObject, isForAll?: boolean): void;
  /** progress_state and `executing`, before a node runs. */
  started(nodeId: string): void;
  progressed(nodeId: string, value: number, max: number, preview?: PreviewPicture): void;
  /** Progress and a whole picture, as SaveImageWebsocket sends them. */
  picture(nodeId: string, value: number, max: number, preview: PreviewPicture): void;
  executed(nodeId: string, output: JsonValue): void;
  finished(nodeId: string): void;
  /** A cached output counts as finished; its numbers are whole. */
  finishedFromCache(nodeId: string): void;
  /** `executing` without a node: the run is over. */
  ended(): void;
}

/** A picture to show while a node runs. */
export interface PreviewPicture {
  readonly format: FrameFormat;
  readonly bytes: Uint8Array;
}

/** Makes the teller for one run; `now` is Unix ms. */
export function createRunEvents(item: QueueItem, hub: SocketHub, now: () => number): RunEvents {
  const { promptId } = item;
  const client = item.extraData['client_id'];
  const clientId = typeof client === 'string' ? client : undefined;
  const messages: (readonly [string, JsonObject])[] = [];
  const states: Record<string, JsonObject> = {};
  const toClient = (type: string, data: JsonObject): void => {
    // Without a client id nobody is told, except by the messages that go to everybody.
    if (clientId !== undefined) hub.send(type, data, clientId);
  };
  const setState = (nodeId: string, state: string, value: number, max: number): void => {
    states[nodeId] = {
      value,
      max,
      state,
      node_id: nodeId,
      prompt_id: promptId,
      display_node_id: nodeId,
      parent_node_id: null,
      real_node_id: nodeId,
    };
    hub.send('progress_state', { prompt_id: promptId, nodes: { ...states } }, clientId);
  };
  const sendPreview = (nodeId: string, preview: PreviewPicture): void => {
    const { format, bytes } = preview;
    const isMetadata = hub.wantsPreviewMetadata(clientId);
    hub.sendBytes(
      isMetadata
        ? toMetadataPreviewFrame(format, bytes, promptId, nodeId)
        : toPreviewFrame(format, bytes),
      clientId,
    );
  };
  const progressed: RunEvents['progressed'] = (nodeId, value, max, preview) => {
    setState(nodeId, 'running', value, max);
    const isMetadata = hub.wantsPreviewMetadata(clientId);
    if (preview !== undefined && isMetadata) sendPreview(nodeId, preview);
    hub.send('progress', { value, max, prompt_id: promptId, node: nodeId }, clientId);
    if (preview !== undefined && !isMetadata) sendPreview(nodeId, preview);
  };
  return {
    messages,
    execution: (event, data, isForAll = false) => {
      const told = { prompt_id: promptId, ...data, timestamp: now() };
      messages.push([event, told]);
      if (isForAll && clientId === undefined) hub.send(event, told);
      else toClient(event, told);
    },
    started: (nodeId) => {
      setState(nodeId, 'running', 0, 1);
      toClient('executing', { node: nodeId, display_node: nodeId, prompt_id: promptId });
    },
    progressed,
    picture: progressed,
    executed: (nodeId, output) =>
      toClient('executed', { node: nodeId, display_node: nodeId, output, prompt_id: promptId }),
    finished: (nodeId) => {
      const { value = 1, max = 1, state } = states[nodeId] ?? {};
      const isStepped = state === 'running' && typeof max === 'number' && max > 1;
      setState(
        nodeId,
        'finished',
        isStepped && typeof value === 'number' ? value : 1,
        isStepped ? max : 1,
      );
    },
    finishedFromCache: (nodeId) => setState(nodeId, 'finished', 1, 1),
    ended: () => toClient('executing', { node: null, prompt_id: promptId }),
  };
}
