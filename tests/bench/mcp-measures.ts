import { Agent, request as httpRequest } from 'node:http';

/** One line of the report. `ratio` is held against `limit`; `value` is what was measured, in `unit`. */
export interface BenchRow {
  readonly name: string;
  readonly n: number;
  readonly ratio: number;
  /** What the ratio is of, with its own value. */
  readonly reference: string;
  readonly limit: number;
  readonly ok: boolean;
  readonly value: number;
  readonly unit: string;
}

/** Makes a row. */
export function toRow(
  name: string,
  n: number,
  value: number,
  unit: string,
  reference: { readonly what: string; readonly value: number },
  limit: number,
): BenchRow {
  const ratio = round(value / reference.value);
  const said = `${reference.what} (${String(round(reference.value))} ${unit})`;
  return { name, n, ratio, reference: said, limit, ok: ratio <= limit, value: round(value), unit };
}

/** The value below which that part of the samples lies. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Runs a call and measures it, ms. */
export async function timed(call: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await call();
  return performance.now() - startedAt;
}

/** Measures several calls in turns, so that what else the machine does hits all of them alike. */
export async function inTurns(
  rounds: number,
  calls: readonly (() => Promise<unknown>)[],
): Promise<readonly (readonly number[])[]> {
  const samples: number[][] = calls.map(() => []);
  for (let round_ = 0; round_ < rounds; round_ += 1) {
    for (const [index, call] of calls.entries()) samples[index]?.push(await timed(call));
  }
  return samples;
}

/** Plain GET over kept connections: the least that anybody can need. */
export function createRawGet(url: string): { get(): Promise<void>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  return {
    get: () =>
      new Promise((resolve, reject) => {
        httpRequest(url, { agent }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('end', () => {
            JSON.parse(Buffer.concat(chunks).toString('utf8'));
            resolve();
          });
        })
          .once('error', reject)
          .end();
      }),
    close: () => agent.destroy(),
  };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
