import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../core/base/json.ts';
import { parseExactJson } from '../../core/base/exact-json.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import { parseWorkflow } from '../../core/domain/workflow/parse-workflow.ts';
import { validateWorkflow } from '../../core/domain/workflow/validation/validate-workflow.ts';
import { sharedFolder as shared } from '../fixtures/shared-folder.ts';

const folder = join(shared ?? '', 'comfyui-recordings', 'http');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** What we say where the server says nothing useful: a traceback, another node, or nothing at all. */
const better: Readonly<Record<string, readonly string[]>> = {
  'v01-unknown-class': ['6//missing_node_type'],
  'v11-link-to-missing-node': ['8/samples/missing_linked_node'],
  'v12-link-slot-out-of-range': ['8/samples/missing_linked_output'],
  'v12b-link-node-id-int': ['8/samples/bad_linked_input'],
  'v13-cycle': ['2//dependency_cycle'],
  'v19-custom_validation_failed-LoadImage': ['1/image/file_not_listed'],
  'v19b-custom_validation_failed-only-output': ['1/image/file_not_listed'],
  'v24-missing-inputs-key': ['8/samples/required_input_missing', '8/vae/required_input_missing'],
};

/** Bodies that are no workflow: they are refused when they are opened, with this error. */
const notOpened: Readonly<Record<string, string>> = {
  'v09b-empty-prompt': 'workflow/not-a-workflow',
  'v14-malformed-json': 'workflow/not-json',
  'v15-no-prompt-key': 'workflow/not-a-workflow',
  'v16-body-empty': 'workflow/not-json',
  'v17-body-array': 'workflow/not-a-workflow',
  'v18-prompt-is-list': 'workflow/not-a-workflow',
  'v18b-prompt-null': 'workflow/not-a-workflow',
  'v18c-prompt-string': 'workflow/not-a-workflow',
  'v23-missing-class_type': 'workflow/not-a-workflow',
};

/** Refused for what was sent around the workflow; the workflow itself is fine, and we send it otherwise. */
const aboutTheRequest: ReadonlySet<string> = new Set([
  // The page's own format, which we convert.
  'v26-ui-format-instead-of-api',
  'v28-number-not-numeric',
  'v31-partial-unknown-target',
]);

/** A body over 100 MB, which the recording does not keep. */
const notKept: ReadonlySet<string> = new Set(['v30-body-too-large']);

interface Exchange {
  readonly name: string;
  readonly path: string;
  readonly status: number;
  readonly body_file: string;
}

describe.skipIf(shared === undefined || !existsSync(folder))(
  'every recorded refusal is predicted without a server (needs SECOND_UNIT_SHARED)',
  () => {
    const exchanges = shared === undefined ? [] : readExchanges();
    const prompts = exchanges.filter(({ path }) => path === '/prompt');
    const kept = prompts.filter(({ name }) => !notKept.has(name));

    it('looks at every recording of a refusal, and leaves none out without a reason', () => {
      const others = exchanges.filter(({ path }) => path !== '/prompt').map(({ path }) => path);
      expect(new Set(others)).toEqual(new Set(['/queue', '/history', '/interrupt', '/free']));
      expect(exchanges).toHaveLength(51);
      expect(prompts).toHaveLength(42);
      const named = [...Object.keys(better), ...Object.keys(notOpened), ...aboutTheRequest];
      const names = new Set(kept.map(({ name }) => name));
      expect(named.filter((name) => !names.has(name))).toEqual([]);
    });

    it.each(kept)('$name', (exchange) => {
      const { name } = exchange;
      const document = parseWorkflow(bodyOf(name));
      if (!document.ok) {
        expect(document.error.code).toBe(notOpened[name]);
        return;
      }
      expect(notOpened).not.toHaveProperty(name);
      // Notes are about what the server would never mention.
      const problems = validateWorkflow(document.value, readCatalog()).filter(
        ({ severity }) => severity !== 'note',
      );
      const ours = problems.map(
        ({ nodeId = '', input = '', type }) => `${nodeId}/${input}/${type}`,
      );
      const theirs = aboutTheRequest.has(name) ? [] : refusalsIn(exchange);
      expect(new Set(ours)).toEqual(new Set(better[name] ?? theirs));
      for (const { message } of problems) {
        expect(message).not.toMatch(/traceback|exception|undefined/i);
        expect(message.endsWith('.')).toBe(true);
      }
    });
  },
);

function readExchanges(): readonly Exchange[] {
  return read('index.jsonl')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Exchange)
    .filter(({ name }) => /^v\d/.test(name));
}

let catalog: ReturnType<typeof createNodeCatalog> | undefined;

/** The classes of the very server that answered. */
function readCatalog(): ReturnType<typeof createNodeCatalog> {
  catalog ??= createNodeCatalog(readObject('a02-object_info.resp.body.json'));
  return catalog;
}

function readObject(name: string): JsonObject {
  const parsed = parseExactJson(read(name));
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(`${name} is not an object`);
  return parsed.value;
}

/** What was sent: everything behind the first empty line. */
function bodyOf(name: string): string {
  const request = read(`${name}.req.txt`);
  const start = /\r?\n\r?\n/.exec(request);
  return start === null ? '' : request.slice(start.index + start[0].length);
}

/** The server's own list, `node/input/type`; without one, the type of the whole answer. */
function refusalsIn({ body_file }: Exchange): readonly string[] {
  const answer = readObject(body_file);
  const nodes = isJsonObject(answer['node_errors']) ? answer['node_errors'] : {};
  const listed = Object.entries(nodes).flatMap(([id, node]) =>
    errorsOf(node).map(({ type, input }) => `${id}/${input}/${type}`),
  );
  const error = isJsonObject(answer['error']) ? answer['error']['type'] : undefined;
  return listed.length > 0 || typeof error !== 'string' ? listed : [`//${error}`];
}

function errorsOf(node: JsonValue): readonly { readonly type: string; readonly input: string }[] {
  const errors = isJsonObject(node) && isJsonArray(node['errors']) ? node['errors'] : [];
  return errors.filter(isJsonObject).map(({ type, extra_info }) => ({
    type: typeof type === 'string' ? type : '',
    input:
      isJsonObject(extra_info) && typeof extra_info['input_name'] === 'string'
        ? extra_info['input_name']
        : '',
  }));
}
