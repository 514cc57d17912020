import WebSocket from 'ws';

/** One frame from the practice server, in short. */
export interface PracticeFrame {
  readonly type: string;
  // The data of a message is as free as JSON.
  readonly data: Record<string, unknown>;
  readonly bytes?: Buffer;
}

/** A bare client for tests of the practice server: no retry, no state, every frame kept. */
export interface PracticeClient {
  readonly frames: readonly PracticeFrame[];
  /** Resolves with the first frame from now on (or already there) that fits. */
  until(fits: (frame: PracticeFrame) => boolean): Promise<PracticeFrame>;
  post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  get(path: string): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Queues a payload and resolves when its run is over, with the frames of it. */
  run(prompt: unknown, extra?: object): Promise<{ promptId: string; frames: PracticeFrame[] }>;
  send(message: unknown): void;
  close(): Promise<void>;
}

/** Connects a client and waits for its greeting. */
export async function connectPracticeClient(
  url: string,
  clientId: string,
): Promise<PracticeClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?clientId=${clientId}`);
  const frames: PracticeFrame[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (raw: Buffer, isBinary) => {
    if (isBinary) {
      frames.push({ type: `binary ${raw.readUInt32BE(0)}`, data: {}, bytes: raw });
    } else {
      frames.push(JSON.parse(raw.toString('utf8')) as PracticeFrame);
    }
    for (const check of waiting) check();
  });
  const until: PracticeClient['until'] = (fits) =>
    new Promise((resolve) => {
      const check = (): void => {
        const found = frames.find(fits);
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  const client: PracticeClient = {
    frames,
    until,
    post: async (path, body) => {
      const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
      const text = await response.text();
      const isJson = text.startsWith('{');
      return {
        status: response.status,
        body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
      };
    },
    get: async (path) => {
      const response = await fetch(url + path);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
      return {
        status: response.status,
        body: isJson ? (JSON.parse(text) as unknown) : text,
        headers: response.headers,
      };
    },
    run: async (prompt, extra = {}) => {
      const from = frames.length;
      const { body } = await client.post('/prompt', { prompt, client_id: clientId, ...extra });
      const promptId = body['prompt_id'] as string;
      await until(
        ({ type, data }) =>
          type === 'executing' && data['node'] === null && data['prompt_id'] === promptId,
      );
      return { promptId, frames: frames.slice(from) };
    },
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    close: () =>
      new Promise((resolve) => {
        socket.on('close', () => resolve());
        socket.close();
      }),
  };
  await until(({ type }) => type === 'status');
  return client;
}
