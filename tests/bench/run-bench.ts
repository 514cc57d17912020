import { parseExactJson, stringifyExactJson } from '../../core/base/exact-json.ts';
import type { JsonObject, JsonValue } from '../../core/base/json.ts';
import type { Op } from '../../core/contract/workflow.schema.ts';
import { applyOps } from '../../core/domain/workflow/ops/apply-ops.ts';
import { applyPatch, reversePatch } from '../../core/domain/workflow/patch/apply-patch.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import { diffWorkflows } from '../../core/domain/workflow/diff/diff-workflows.ts';
import type { WorkflowDocument } from '../../core/domain/workflow/document.ts';
import { parseWorkflow } from '../../core/domain/workflow/parse-workflow.ts';
import { serializeWorkflow } from '../../core/domain/workflow/serialize-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { validateWorkflow } from '../../core/domain/workflow/validation/validate-workflow.ts';
import { viewWorkflow } from '../../core/domain/workflow/view/view-workflow.ts';
import { readPracticeObjectInfo } from '../../core/practice/read-practice-object-info.ts';
import { generateGraph, generateObjectInfo } from './generate-graph.ts';
import { generateNestedGraph } from './generate-nested-graph.ts';
import { benchLink } from './measure-link.ts';
import { type Benchmark, collectGarbage, median, medians, toBenchmark } from './measure.ts';

/** Node counts that everything is measured with. */
const SIZES = [100, 1_000, 5_000] as const;
const PARSED_CHARACTERS = 5_000_000;
const GROWTH_LIMIT = 6;
/** How many graphs of 1,000 and of 5,000 nodes are measured at a time. */
const COUNTS = [5, 1] as const;
const EDITS = 10;

const info = await readPracticeObjectInfo();
const catalog = createNodeCatalog(info);
/** "--only link" or "--only workflow": one of the two groups. */
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1]
  : undefined;
const results: readonly Benchmark[] = [
  ...(only === 'link' ? [] : benchWorkflows()),
  ...(only === 'workflow' ? [] : await benchLink()),
];
report(results);

function benchWorkflows(): readonly Benchmark[] {
  return [
    benchParsing(),
    benchCatalog(),
    ...SIZES.map(benchDiff),
    ...SIZES.map((n) => benchPayload('payload', n, generateGraph(catalog, n))),
    benchPayload(
      'payload through subgraphs, reroutes and buses',
      5_000,
      generateNestedGraph(5_000),
    ),
    ...SIZES.flatMap((n) => benchEdits(n, 'graph')),
    ...benchEdits(5_000, 'api'),
    ...benchGrowth(),
  ];
}

/** Reads a text of 5 MB, big seeds and all. */
function benchParsing(): Benchmark {
  const one = stringifyExactJson(generateGraph(catalog, 5_000), 2);
  const copies = Math.ceil(PARSED_CHARACTERS / one.length);
  const text = `[${Array.from({ length: copies }, () => one).join(',')}]`;
  const [ours = 0, theirs = 1] = medians(
    15,
    { run: () => parseExactJson(text) },
    { run: () => JSON.parse(text) as unknown },
  );
  return toBenchmark('parse 5 MB exactly', text.length, ours / theirs, 'JSON.parse of it', 2.5);
}

/** From the text of 5,000 classes to an answer about one of them. */
function benchCatalog(): Benchmark {
  const text = stringifyExactJson(generateObjectInfo(info, 5_000));
  const [ours = 0, theirs = 1] = medians(
    11,
    {
      run: () => {
        const parsed = parseExactJson(text);
        return createNodeCatalog(parsed.ok ? (parsed.value as JsonObject) : {}).get('KSampler');
      },
    },
    { run: () => JSON.parse(text) as unknown },
  );
  return toBenchmark('catalog ready', 5_000, ours / theirs, 'JSON.parse of it', 3.5);
}

/** Ten settings changed; two files that share nothing in memory. */
function benchDiff(n: number): Benchmark {
  const text = stringifyExactJson(generateGraph(catalog, n));
  const before = open(text);
  const edited = expectOk(applyOps(before, editsOf(before, catalog, EDITS), catalog)).document;
  const editedText = serializeWorkflow(edited);
  const [a, b] = [JSON.parse(text) as unknown, JSON.parse(editedText) as unknown];
  const told = diffWorkflows(open(text), open(editedText), catalog).length;
  let documents: readonly [WorkflowDocument, WorkflowDocument] = [before, edited];
  const [ours = 0, theirs = 1] = medians(
    n > 1_000 ? 11 : 31,
    {
      // Fresh each time: nothing that was worked out before helps.
      prepare: () => {
        documents = [open(text), open(editedText)];
      },
      run: () => diffWorkflows(documents[0], documents[1], catalog),
    },
    { run: () => JSON.stringify(a) === JSON.stringify(b) },
  );
  const name = `diff with ${String(EDITS)} edits, ${String(told)} told`;
  const line = toBenchmark(name, n, ours / theirs, 'JSON.stringify of both, compared', 1);
  return { ...line, ok: line.ok && told === EDITS };
}

/** A file just read, as a payload. */
function benchPayload(name: string, n: number, graph: JsonObject): Benchmark {
  const text = stringifyExactJson(graph);
  let document = open(text);
  const made = expectOk(toExecutionPayload(document, catalog)).payload;
  const plain = JSON.parse(stringifyExactJson(made)) as unknown;
  const [ours = 0, theirs = 1] = medians(
    n > 1_000 ? 15 : 41,
    {
      prepare: () => {
        document = open(text);
      },
      run: () => toExecutionPayload(document, catalog),
    },
    { run: () => JSON.stringify(plain) },
  );
  return toBenchmark(name, n, ours / theirs, 'JSON.stringify of it', 3);
}

/** `set_widget`, undo and redo: microseconds each, and kB that stay in memory while every version is kept. */
function benchEdits(n: number, format: WorkflowDocument['format']): readonly Benchmark[] {
  const graph = open(stringifyExactJson(generateGraph(catalog, n)));
  const base = format === 'graph' ? graph : toApi(graph);
  const where = format === 'graph' ? '' : ' in API format';
  const ops = editsOf(base, catalog, 400);
  const each = (run: (op: Op, index: number) => unknown): { time: number; memory: number } => {
    const keep: unknown[] = Array.from({ length: ops.length }, () => null);
    for (const [index, op] of ops.entries()) run(op, index);
    const before = usedMemory();
    const times = ops.map((op, index) => {
      const start = performance.now();
      keep[index] = run(op, index);
      return (performance.now() - start) * 1_000;
    });
    const time = median(times);
    times.length = 0;
    const memory = (usedMemory() - before) / 1_000 / ops.length;
    return { time, memory: keep.length > 0 ? memory : 0 };
  };
  const applied = ops.map((op) => expectOk(applyOps(base, [op], catalog)));
  const cases = {
    set_widget: (op: Op): unknown => expectOk(applyOps(base, [op], catalog)),
    undo: (_: Op, index: number): unknown => {
      const { document, patch } = applied[index] ?? { document: base, patch: { entries: [] } };
      return expectOk(applyPatch(document, reversePatch(patch)));
    },
    redo: (_: Op, index: number): unknown =>
      expectOk(applyPatch(base, applied[index]?.patch ?? { entries: [] })),
  };
  return Object.entries(cases).flatMap(([name, run]) => {
    const rounds = Array.from({ length: 7 }, () => each(run));
    const middle = (key: 'time' | 'memory'): number => median(rounds.map((round) => round[key]));
    return [
      toBenchmark(`${name}${where}`, n, middle('time'), 'microseconds', 20),
      toBenchmark(`${name}${where}, new memory`, n, Math.max(0, middle('memory')), 'kB', 2),
    ];
  });
}

/**
 * Five times the nodes may take six times as long, everywhere. Five small graphs are measured against a large
 * one: a lone small one fits into a processor's cache and its turn, which says nothing about what is measured.
 */
function benchGrowth(): readonly Benchmark[] {
  const jobs: Readonly<Record<string, (document: WorkflowDocument, text: string) => unknown>> = {
    parse: (_, text) => parseWorkflow(text),
    serialise: (document) => serializeWorkflow(document),
    view: (document) => viewWorkflow(document, catalog).nodes.length,
    payload: (document) => toExecutionPayload(document, catalog),
    validate: (document) => validateWorkflow(document, catalog),
    'diff with itself edited': (document) =>
      diffWorkflows(document, editedCopies.get(nodeCount(document)) ?? document, catalog),
  };
  const texts = [1_000, 5_000].map((n) => stringifyExactJson(generateGraph(catalog, n)));
  const editedCopies = new Map(
    texts.map((text) => {
      const document = open(text);
      const ops = editsOf(document, catalog, EDITS);
      return [nodeCount(document), expectOk(applyOps(document, ops, catalog)).document];
    }),
  );
  return Object.entries(jobs).map(([name, job]) => {
    let documents: readonly WorkflowDocument[] = [];
    const [small = 1, large = 0] = medians(
      15,
      ...texts.map((text, index) => ({
        prepare: () => {
          documents = Array.from({ length: COUNTS[index] ?? 1 }, () => open(text));
        },
        run: () => documents.map((document) => job(document, text)),
      })),
    );
    const growth = (large / small) * COUNTS[0];
    return toBenchmark(`growth of ${name}`, 5_000, growth, '1,000 nodes', GROWTH_LIMIT);
  });
}

function open(text: string): WorkflowDocument {
  return expectOk(parseWorkflow(text));
}

/** What a graph sends, as a file of its own. */
function toApi(graph: WorkflowDocument): WorkflowDocument {
  return open(stringifyExactJson(expectOk(toExecutionPayload(graph, catalog)).payload));
}

function nodeCount({ root }: WorkflowDocument): number {
  return Array.isArray(root['nodes']) ? root['nodes'].length : 0;
}

/** Edits of one setting each, spread over the whole graph. */
function editsOf(document: WorkflowDocument, of: NodeCatalog, count: number): readonly Op[] {
  const able = viewWorkflow(document, of).nodes.flatMap((node) => {
    const widget = node.widgets.find(
      ({ spec, isLinked }) =>
        !isLinked &&
        spec?.type === 'INT' &&
        Number(spec.max ?? 9) > Math.max(0, Number(spec.min ?? 0)) + 2,
    );
    return widget === undefined ? [] : [{ nodeId: node.id, widget }];
  });
  return Array.from({ length: count }, (_, index): Op => {
    const { nodeId, widget } = able[Math.floor((index * able.length) / count)] ?? able[0]!;
    const low = Math.max(0, Number(widget.spec?.min ?? 0));
    const value: JsonValue = widget.value === low + 1 ? low + 2 : low + 1;
    return { op: 'set_widget', nodeId, widget: widget.name, value };
  });
}

function expectOk<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(stringifyExactJson(result.error as JsonValue));
  return result.value;
}

/** Bytes in use after everything that can go has gone. */
function usedMemory(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function report(benchmarks: readonly Benchmark[]): void {
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ benchmarks }, null, 2)}\n`);
  } else {
    for (const { name, n, ratio, reference, limit, ok } of benchmarks) {
      const mark = ok ? 'ok  ' : 'OVER';
      process.stdout.write(
        `${mark} ${String(ratio).padStart(10)} of ${String(limit)} × ${reference.padEnd(34)} ${name}, n = ${String(n)}\n`,
      );
    }
  }
  if (benchmarks.some(({ ok }) => !ok)) process.exitCode = 1;
}
