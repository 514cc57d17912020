import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../base/exact-json.ts';
import { type JsonObject, isJsonObject } from '../../../base/json.ts';
import { apiDocument, coreCatalog, textToImage } from '../../../../tests/fakes/tool-context.ts';
import { sharedFolder as shared } from '../../../../tests/fixtures/shared-folder.ts';
import type { NodeCatalog } from '../catalog.ts';
import { createNodeCatalog } from '../create-catalog.ts';
import { toExecutionPayload } from '../payload/to-execution-payload.ts';
import { toSavedGraph } from './to-saved-graph.ts';

const catalog = coreCatalog();

/** What would be sent after a way through the page's own form; titles are not part of what runs. */
function there(root: JsonObject, classes: NodeCatalog): JsonObject {
  const { document } = toSavedGraph(apiDocument(root), classes);
  const back = toExecutionPayload(document, classes);
  if (!back.ok) throw new Error(back.error.code);
  return withoutTitles(back.value.payload);
}

function withoutTitles(payload: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(payload).map(([id, node]) => [
      id,
      isJsonObject(node) ? { class_type: node['class_type']!, inputs: node['inputs']! } : node,
    ]),
  );
}

describe('toSavedGraph', () => {
  it('makes a graph that runs as the exported form does, with a place for every node', () => {
    expect(there(textToImage, catalog)).toEqual(withoutTitles(textToImage));
    const { document, notes } = toSavedGraph(apiDocument(), catalog);
    expect(notes).toEqual([]);
    expect(document.root).toMatchObject({ version: 0.4, last_node_id: 9, last_link_id: 9 });
    const places = (document.root['nodes'] as readonly JsonObject[]).map(({ pos }) =>
      JSON.stringify(pos),
    );
    expect(new Set(places).size).toBe(7);
  });

  it('leaves what the page saved as it is', () => {
    const document = { format: 'graph', root: { nodes: [], links: [], version: 0.4 } } as const;
    expect(toSavedGraph(document, catalog).document).toBe(document);
  });

  it('keeps nodes of unknown classes with their wires, and gives names plain numbers', () => {
    const { document } = toSavedGraph(
      apiDocument({
        'a:1': { class_type: 'EmptyImage', inputs: { width: 8, height: 8, batch_size: 1, color: 0 } },
        grade: { class_type: 'StudioGrade', inputs: { picture: ['a:1', 0], look: 'warm' } },
        '7': { class_type: 'SaveImage', inputs: { filename_prefix: 'x', images: ['grade', 1] } },
      }),
      catalog,
    ); // prettier-ignore
    expect(document.root).toMatchObject({
      nodes: [
        { id: 7, type: 'SaveImage', inputs: [{ name: 'images', link: 1 }] },
        { id: 8, type: 'EmptyImage', outputs: [{ links: [2] }] },
        {
          id: 9,
          type: 'StudioGrade',
          inputs: [
            { name: 'picture', link: 2 },
            { name: 'look', widget: { name: 'look' } },
          ],
          outputs: [{ links: null }, { links: [1] }],
          widgets_values: ['warm'],
        },
      ],
      links: [
        [1, 9, 1, 7, 0, 'IMAGE'],
        [2, 8, 0, 9, 0, '*'],
      ],
    });
  });

  it('says which values the page has no place for', () => {
    const root = { '1': { class_type: 'EmptyImage', inputs: { width: 8, wdith: 9 } } };
    expect(toSavedGraph(apiDocument(root), catalog).notes).toEqual([
      'EmptyImage has no setting “wdith” here, so its value was left out.',
    ]);
  });
});

describe.skipIf(shared === undefined)(
  'the golden payloads through the page’s own form and back (needs SECOND_UNIT_SHARED)',
  () => {
    const folder = `${shared ?? ''}/golden`;
    const files =
      shared === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.json'));
    let classes: NodeCatalog | undefined;

    it('looks at all of them', () => {
      expect(files.length).toBeGreaterThanOrEqual(54);
    });

    it.each(files)('%s', (file) => {
      classes ??= createNodeCatalog(readObject(`${shared ?? ''}/object_info.facts.json`));
      const prompt = readObject(`${folder}/${file}`)['prompt'];
      if (!isJsonObject(prompt)) throw new Error('no payload');
      const payload = there(prompt, classes);
      for (const [id, node] of Object.entries(withoutTitles(prompt))) {
        // Inputs that were added to a class since are filled in by the form, as they are by the page.
        if (/^\d+$/.test(id)) expect(payload[id]).toMatchObject(withoutButton(node as JsonObject));
      }
    });
  },
);

/** Without the page's upload button, which exports list among the inputs. */
function withoutButton(node: JsonObject): JsonObject {
  const inputs = isJsonObject(node['inputs']) ? node['inputs'] : {};
  const kept = Object.entries(inputs).filter(
    ([name]) => !/^(?:upload|choose file to upload)$/.test(name),
  );
  return { ...node, inputs: Object.fromEntries(kept) };
}

function readObject(path: string): JsonObject {
  const parsed = parseExactJson(readFileSync(path, 'utf8'));
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(path);
  return parsed.value;
}
