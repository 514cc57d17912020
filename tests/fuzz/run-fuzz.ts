import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseExactJson } from '../../core/base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../core/base/json.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { workflowFromJson } from '../../core/domain/workflow/parse-workflow.ts';
import { createChance, mutateWorkflow } from './mutate.ts';
import { type Tried, tryWorkflow } from './try-workflow.ts';

/** A text on which something went wrong, and what. */
export interface FuzzFailure {
  readonly seed: number;
  readonly kind: 'threw' | 'slow' | 'no sentence';
  readonly detail: string;
  readonly text: string;
}

/** What a row of mutated workflows came to. */
export interface FuzzReport {
  readonly cases: number;
  readonly workflows: number;
  readonly refused: number;
  /** The slowest single step seen, in ms per 100 nodes. */
  readonly slowest: number;
  readonly failures: readonly FuzzFailure[];
}

interface FuzzOptions {
  readonly catalog: NodeCatalog;
  readonly seeds: readonly JsonObject[];
  readonly cases: number;
  readonly firstSeed?: number;
  /** Stops early after so many ms. */
  readonly milliseconds?: number;
}

/** Each step may take this long for every 100 nodes (or part of them). */
const LIMIT_MS = 50;
const MAX_FAILURES = 20;

/** Tries mutated workflows one after the other; the same seeds give the same cases. */
export function runFuzz({
  catalog,
  seeds,
  cases,
  firstSeed = 1,
  milliseconds,
}: FuzzOptions): FuzzReport {
  const startedAt = performance.now();
  const documents = seeds.flatMap((json) => {
    const document = workflowFromJson(json);
    return document.ok ? [{ json, document: document.value }] : [];
  });
  const failures: FuzzFailure[] = [];
  let done = 0;
  let workflows = 0;
  let slowest = 0;
  for (; done < cases && failures.length < MAX_FAILURES; done += 1) {
    if (milliseconds !== undefined && performance.now() - startedAt > milliseconds) break;
    const seed = firstSeed + done;
    const chance = createChance(seed);
    const chosen = documents[Math.floor(chance() * documents.length)];
    if (chosen === undefined) break;
    const text = mutateWorkflow(chosen.json, chance);
    const fail = (kind: FuzzFailure['kind'], detail: string): void => {
      failures.push({ seed, kind, detail, text });
    };
    const attempt = (): Tried => tryWorkflow(text, chosen.document, catalog);
    try {
      let tried = attempt();
      // Another program may have had the machine: only a step that is slow three times is slow.
      for (let again = 0; again < 2 && pace(tried) > LIMIT_MS; again += 1) tried = attempt();
      if (tried.isWorkflow) workflows += 1;
      slowest = Math.max(slowest, pace(tried));
      if (pace(tried) > LIMIT_MS) fail('slow', JSON.stringify(tried.times));
      if (tried.unsaid.length > 0) fail('no sentence', tried.unsaid.slice(0, 3).join(' / '));
    } catch (cause) {
      fail('threw', cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    }
  }
  return { cases: done, workflows, refused: done - workflows, slowest, failures };
}

/** The workflows that the repository carries: templates, fixtures, exported pairs. */
export function carriedWorkflows(): readonly JsonObject[] {
  const folders = [
    '../../resources/templates/',
    '../fixtures/workflows/',
    '../fixtures/golden/',
    '../fixtures/oracle/',
  ];
  return folders.flatMap((folder) => {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    return readdirSync(path)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => {
        const parsed = parseExactJson(readFileSync(`${path}${file}`, 'utf8'));
        if (!parsed.ok || !isJsonObject(parsed.value)) return [];
        const { workflow, prompt } = parsed.value;
        const found = [workflow, prompt].filter(isJsonObject);
        return found.length > 0 ? found : [parsed.value];
      });
  });
}

/** The slowest step in ms per 100 nodes. */
function pace({ nodes, times }: Tried): number {
  return Math.max(...Object.values(times)) / Math.max(1, Math.ceil(nodes / 100));
}
