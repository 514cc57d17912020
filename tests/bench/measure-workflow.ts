import type { SpawnedBridge } from '../mcp/spawn-bridge.ts';
import { type Payload, openBareClient } from './bare-client.ts';
import { type BenchRow, inTurns, quantile, toRow } from './mcp-measures.ts';

const ROUNDS = 50;

/**
 * A small workflow (SDXL, 20 steps of 20 ms) from the call to the names of its files: our tool, with the
 * question to the client's user, its yes and the check of the picture, against a client that only posts the
 * same workflow, waits for its end on the WebSocket and reads the history.
 */
export async function measureWorkflow(
  bridge: SpawnedBridge,
  comfyUrl: string,
): Promise<readonly BenchRow[]> {
  const call = async (name: string, args: object): Promise<Readonly<Record<string, unknown>>> => {
    const { result, error } = await bridge.request('tools/call', { name, arguments: args });
    if (result === undefined || result['isError'] === true) {
      throw new Error(JSON.stringify(error ?? result));
    }
    return result;
  };
  await call('get_workflow_template', { template: 'sdxl-text-to-image' });
  const payload = await readPayload(bridge);
  const sampler = Object.keys(payload).find((id) => payload[id]?.class_type === 'KSampler') ?? '';
  const bare = await openBareClient(comfyUrl);
  let seed = 1_000;
  const changeSeed = (): Promise<unknown> => {
    seed += 1;
    return call('set_input', { node_id: sampler, input_name: 'seed', value: seed });
  };
  const ours = async (): Promise<void> => {
    const result = await call('execute_with_progress', {});
    if (!JSON.stringify(result).includes('"filename":"')) throw new Error('no file was named');
  };
  const theirs = (): Promise<void> => {
    seed += 1;
    const { [sampler]: node } = payload;
    return bare.render({ ...payload, [sampler]: { ...node!, inputs: { ...node!.inputs, seed } } });
  };
  // Changing the seed is not part of what is measured: without it the server would answer from its cache.
  const [, rendered = [], plain = []] = await inTurns(ROUNDS, [changeSeed, ours, theirs]);
  bare.close();
  const reference = { what: 'a bare client, p50', value: quantile(plain, 0.5) };
  const name = 'a small workflow, from call to file names';
  const more = quantile(rendered, 0.95) - quantile(plain, 0.95);
  const bound = { what: 'the bound on what p95 adds', value: 25 };
  return [
    toRow(`${name}, p50`, ROUNDS, quantile(rendered, 0.5), 'ms', reference, 1.2),
    toRow(`${name}, p95 over a bare client's`, ROUNDS, more, 'ms', bound, 1),
  ];
}

async function readPayload(bridge: SpawnedBridge): Promise<Payload> {
  const uri = 'second-unit://sessions/current/payload';
  const { result } = await bridge.request('resources/read', { uri });
  const [content] = result?.['contents'] as readonly { readonly text: string }[];
  return JSON.parse(content?.text ?? '{}') as Payload;
}
