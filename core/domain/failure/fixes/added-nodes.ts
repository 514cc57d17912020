import type { Op } from '../../../contract/workflow.schema.ts';
import type { NodeClass } from '../../workflow/catalog.ts';
import type { NodeView } from '../../workflow/view/view.ts';
import {
  activeNodes,
  failingNode,
  type FailurePlace,
  familyOf,
  type FixBuilder,
  type FixScene,
  freeId,
} from './fix-scene.ts';

/** A Load VAE for everything that the checkpoint was to give a VAE. */
export const addVae: FixBuilder = (place, scene) => {
  const file = pick(choicesOf(scene.catalog.get('VAELoader'), 'vae_name'), vaeNames(scene));
  const targets = inputsOf('VAE', place, scene);
  if (file === undefined || targets.length === 0) return [];
  const nodeId = freeId(scene);
  const add: Op = {
    op: 'add_node',
    nodeId,
    classType: 'VAELoader',
    widgets: { vae_name: file },
  };
  return [{ intent: `Load the VAE ${file}`, ops: [add, ...feedAll(nodeId, targets)] }];
};

/** A text encoder loader for everything that the checkpoint was to give one. */
export const addTextEncoder: FixBuilder = (place, scene) => {
  const targets = inputsOf('CLIP', place, scene);
  const nodeId = freeId(scene);
  const loader = targets.length === 0 ? undefined : textLoader(nodeId, scene);
  return loader === undefined
    ? []
    : [{ intent: 'Load a text encoder', ops: [loader, ...feedAll(nodeId, targets)] }];
};

/** The muted output back, else a Save Image on a picture that nobody takes. */
export const addOutput: FixBuilder = (_place, scene) => {
  const { view, catalog } = scene;
  const asleep = view.nodes.filter(
    ({ mode, nodeClass }) => mode !== 'active' && nodeClass?.isOutput === true,
  );
  const [first] = asleep;
  if (first !== undefined) {
    return [
      {
        intent: `Switch ${first.title} on, so that there is a result`,
        ops: [{ op: 'set_mode', nodeId: first.id, mode: 'active' }],
      },
    ];
  }
  const saver = catalog.get('SaveImage') === undefined ? 'PreviewImage' : 'SaveImage';
  const source = lastPicture(scene);
  if (source === undefined || catalog.get(saver) === undefined) return [];
  const nodeId = freeId(scene);
  return [
    {
      intent: `Save the picture of ${source.node.title}`,
      ops: [
        { op: 'add_node', nodeId, classType: saver },
        {
          op: 'connect',
          from: { nodeId: source.node.id, output: source.output },
          to: { nodeId, input: 'images' },
        },
      ],
    },
  ];
};

interface Target {
  readonly node: NodeView;
  readonly input: string;
}

/** Every input of a type that hangs on the same output as the failing node's. */
function inputsOf(type: string, place: FailurePlace, scene: FixScene): readonly Target[] {
  const inputs = activeNodes(scene).flatMap((node) =>
    node.inputs.flatMap(({ name, link, type: own }) =>
      own === type && link !== undefined ? [{ node, input: name, link }] : [],
    ),
  );
  const failing = failingNode(place, scene);
  const broken = inputs.find(({ node }) => node.id === failing?.id)?.link;
  if (broken === undefined) return [];
  return inputs.filter(
    ({ link }) => link.nodeId === broken.nodeId && link.output === broken.output,
  );
}

function feedAll(nodeId: string, targets: readonly Target[]): readonly Op[] {
  return targets.map(({ node, input }) => ({
    op: 'connect',
    from: { nodeId, output: 0 },
    to: { nodeId: node.id, input },
  }));
}

function choicesOf(nodeClass: NodeClass | undefined, input: string): readonly string[] {
  const spec = nodeClass?.inputs.find(({ name }) => name === input);
  return (spec?.choices ?? []).filter((choice) => typeof choice === 'string');
}

/** The file that the names fit best; without one that fits, the only file there is. */
function pick(files: readonly string[], names: RegExp | undefined): string | undefined {
  const real = files.filter((file) => /\.\w+$/.test(file));
  const fitting = names === undefined ? undefined : real.find((file) => names.test(file));
  return fitting ?? (real.length === 1 ? real[0] : undefined);
}

/** How VAE files of the loaded family are called where they are published. */
function vaeNames(scene: FixScene): RegExp | undefined {
  const { id } = familyOf(scene);
  if (/^(?:flux|chroma|z-image|lumina)/.test(id)) return /(?:^|[\\/])ae\.|flux.*vae/i;
  if (id.startsWith('sdxl')) return /xl.*vae|vae.*xl/i;
  if (id === 'sd-1.5') return /ft-mse|840000/i;
  const word = id.split('-')[0] ?? id;
  return id === 'unknown' ? undefined : new RegExp(`${word}.*vae|vae.*${word}`, 'i');
}

const TWO_ENCODERS: Readonly<Record<string, readonly [first: RegExp, second: RegExp]>> = {
  flux: [/clip_l/i, /t5xxl/i],
  sdxl: [/clip_l/i, /clip_g/i],
  hunyuan_video: [/clip_l/i, /llava|llama/i],
};

const ONE_ENCODER: Readonly<Record<string, RegExp>> = {
  stable_diffusion: /clip_l/i,
  sd3: /t5xxl|clip_g/i,
  wan: /umt5/i,
  ltxv: /t5xxl/i,
  mochi: /t5xxl/i,
  chroma: /t5xxl/i,
  pixart: /t5xxl/i,
  cosmos: /t5xxl|oldt5/i,
  lumina2: /gemma|qwen_3/i,
  qwen_image: /qwen.*vl/i,
};

function textLoader(nodeId: string, scene: FixScene): Op | undefined {
  const { textEncoder = '' } = familyOf(scene);
  const [firstName, secondName] = TWO_ENCODERS[textEncoder] ?? [];
  const dual = scene.catalog.get('DualCLIPLoader');
  const first = pick(choicesOf(dual, 'clip_name1'), firstName);
  const second = pick(choicesOf(dual, 'clip_name2'), secondName);
  if (firstName !== undefined && first !== undefined && second !== undefined) {
    return {
      op: 'add_node',
      nodeId,
      classType: 'DualCLIPLoader',
      widgets: { clip_name1: first, clip_name2: second, type: textEncoder },
    };
  }
  const single = scene.catalog.get('CLIPLoader');
  const file = pick(choicesOf(single, 'clip_name'), ONE_ENCODER[textEncoder]);
  return file === undefined || !choicesOf(single, 'type').includes(textEncoder)
    ? undefined
    : {
        op: 'add_node',
        nodeId,
        classType: 'CLIPLoader',
        widgets: { clip_name: file, type: textEncoder },
      };
}

/** The last picture that no active node takes. */
function lastPicture(
  scene: FixScene,
): { readonly node: NodeView; readonly output: number } | undefined {
  const nodes = activeNodes(scene);
  const taken = new Set(
    nodes.flatMap(({ inputs }) =>
      inputs.flatMap(({ link }) =>
        link === undefined ? [] : [`${link.nodeId}/${String(link.output)}`],
      ),
    ),
  );
  return nodes
    .flatMap((node) =>
      node.outputs.flatMap(({ type }, output) => (type === 'IMAGE' ? [{ node, output }] : [])),
    )
    .findLast(({ node, output }) => !taken.has(`${node.id}/${String(output)}`));
}
