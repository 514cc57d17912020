import { readWorkflowFile } from '../../../../agent/workflows/workflow-desk.ts';
import { stringifyExactJson } from '../../../../base/exact-json.ts';
import { type Result, ok } from '../../../../base/result.ts';
import type { AppError } from '../../../../contract/errors.ts';
import type { Forecast } from '../../../../contract/machine/forecast.schema.ts';
import type { Readiness } from '../../../../contract/readiness.schema.ts';
import { JsonValueSchema } from '../../../../contract/json.schema.ts';
import { EXIT, type ExitCode } from '../../../../domain/errors/exit-codes.ts';
import { publishedSizes } from '../../../../domain/machine/forecast/known-models.ts';
import { makeForecast } from '../../../../domain/machine/forecast/make-forecast.ts';
import { readWorkload } from '../../../../domain/machine/read-workload.ts';
import { assessReadiness } from '../../../../domain/readiness/assess-readiness.ts';
import { describeReadiness } from '../../../../domain/readiness/describe-readiness.ts';
import type { NodeCatalog } from '../../../../domain/workflow/catalog.ts';
import type { WorkflowDocument } from '../../../../domain/workflow/document.ts';
import { viewWorkflow } from '../../../../domain/workflow/view/view-workflow.ts';
import type { Files } from '../../../../ports/files.ts';
import type { Host } from '../../../create-host.ts';
import { parseComfyTarget } from '../../parse-comfy-target.ts';
import { readCatalog } from '../../read-object-info.ts';
import type { Terminal } from '../../terminal.ts';

/** What `ready` was called with. */
export interface ReadyOptions {
  readonly objectInfo?: string;
  readonly comfy?: string;
  readonly ops?: string;
  readonly json?: boolean;
}

/** Without a server, "here" would promise too much. */
const NO_SERVER =
  'This is judged by the nodes that ComfyUI itself brings, not by yours; --comfy with its address asks yours.';

/** Where workflows are to run: its node classes, and what it is forecast to need there. */
interface Place {
  readonly catalog: NodeCatalog;
  readonly forecastDocument: (document: WorkflowDocument) => Promise<Forecast>;
}

interface ReadyParts {
  readonly terminal: Terminal;
  readonly files: Files;
  readonly withHost: (use: (host: Host) => Promise<ExitCode>) => Promise<ExitCode>;
}

/** Says whether workflows would run on a ComfyUI, what they lack, and which edits would make them run. */
export async function ready(
  paths: readonly string[],
  options: ReadyOptions,
  parts: ReadyParts,
): Promise<ExitCode> {
  const { terminal, files, withHost } = parts;
  const { objectInfo, comfy } = options;
  const assess = async (place: Result<Place, AppError>): Promise<ExitCode> =>
    place.ok
      ? assessFiles(paths, options, parts, place.value)
      : terminal.fail(place.error, options.json === true);
  if (objectInfo !== undefined || comfy === undefined) {
    const catalog = await readCatalog(files, { objectInfo });
    return assess(catalog.ok ? ok(placeWithoutServer(catalog.value)) : catalog);
  }
  return withHost(async (host) => assess(await reachPlace(host, comfy)));
}

async function reachPlace(host: Host, comfy: string): Promise<Result<Place, AppError>> {
  const target = parseComfyTarget(comfy);
  if (!target.ok) return target;
  const connected = await host.connect(target.value);
  if (!connected.ok) return connected;
  const { link, forecasts } = host.agent;
  const server = link.ready();
  if (!server.ok) return server;
  // A server may answer and still not tell its node classes.
  const catalog = await server.value.catalog();
  if (!catalog.ok) return catalog;
  return ok({
    catalog: catalog.value,
    forecastDocument: (document) => forecasts.forecastDocument(document),
  });
}

/** Nothing but what is published can be known of the models. */
function placeWithoutServer(catalog: NodeCatalog): Place {
  return {
    catalog,
    forecastDocument: async (document) => {
      const workload = readWorkload(viewWorkflow(document, catalog));
      const models = publishedSizes(workload.models);
      return makeForecast(workload, undefined, { models, peaks: [], holders: [] });
    },
  };
}

async function assessFiles(
  paths: readonly string[],
  options: ReadyOptions,
  { terminal, files }: ReadyParts,
  { catalog, forecastDocument }: Place,
): Promise<ExitCode> {
  const json = options.json === true;
  const rows: (Readiness & { readonly file: string; readonly lines: readonly string[] })[] = [];
  for (const path of paths) {
    const document = await readWorkflowFile(files, path);
    if (!document.ok) return terminal.fail(document.error, json);
    const forecast = await forecastDocument(document.value);
    const readiness = assessReadiness(document.value, { catalog, forecast });
    rows.push({ file: path, ...readiness, lines: describeReadiness(readiness) });
  }
  if (options.ops !== undefined) {
    const text = editsOf(rows);
    const written = await files.write(options.ops, new TextEncoder().encode(text));
    if (!written.ok) return terminal.fail(written.error, json);
    terminal.note(`→ ${written.value.path}`);
  }
  if (json) terminal.printJson({ files: rows });
  else for (const row of rows) print(row, terminal);
  if (options.comfy === undefined && options.objectInfo === undefined) terminal.note(NO_SERVER);
  return rows.every(({ outcome }) => outcome === 'ready') ? EXIT.ok : EXIT.lacking;
}

function print(
  { file, lines }: { readonly file: string; readonly lines: readonly string[] },
  terminal: Terminal,
): void {
  const [headline = '', ...rest] = lines;
  terminal.print(`${file}: ${headline}`);
  for (const line of rest) terminal.print(`  · ${line}`);
}

/** The edits as `apply` reads them. */
function editsOf(rows: readonly Readiness[]): string {
  const fixes = rows.flatMap((row) => row.fixes);
  const edits = {
    intent: fixes.map(({ intent }) => intent).join('; '),
    ops: fixes.flatMap(({ ops }) => ops),
  };
  return `${stringifyExactJson(JsonValueSchema.parse(edits), 2)}\n`;
}
