import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A payload whose inputs can be changed. */
export type Payload = Record<
  string,
  { readonly class_type: string; inputs: Record<string, unknown> }
>;

/** The least that a client of ComfyUI can do: nothing is checked, kept or shown. */
export interface BareClient {
  /** Renders a payload; resolves once the names of its files are known. */
  render(payload: Payload): Promise<void>;
  close(): void;
}

/** Connects one. */
export async function openBareClient(comfyUrl: string): Promise<BareClient> {
  const clientId = randomUUID();
  const socket = new WebSocket(`${comfyUrl.replace('http', 'ws')}/ws?clientId=${clientId}`);
  await once(socket, 'open');
  const ends = new Map<string, () => void>();
  socket.on('message', (data, isBinary) => {
    if (isBinary) return;
    const { type, data: told } = JSON.parse((data as Buffer).toString()) as {
      readonly type: string;
      readonly data: { readonly prompt_id?: string };
    };
    if (type === 'execution_success') ends.get(told.prompt_id ?? '')?.();
  });
  return {
    render: async (prompt) => {
      const prompt_id = randomUUID();
      const over = new Promise<void>((resolve) => ends.set(prompt_id, resolve));
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ prompt, prompt_id, client_id: clientId });
      await (await fetch(`${comfyUrl}/prompt`, { method: 'POST', headers, body })).json();
      await over;
      ends.delete(prompt_id);
      for (let tries = 0; tries < 50; tries += 1) {
        const history = await (await fetch(`${comfyUrl}/history/${prompt_id}`)).text();
        if (history.includes('"filename"')) return;
      }
      throw new Error('the history names no file');
    },
    close: () => socket.close(),
  };
}
