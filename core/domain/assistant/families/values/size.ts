import type { Clause } from '../../reading/clause.ts';
import { type Outcome, answer, ask, edit } from '../../plan.ts';
import { resolveNodes } from '../../scene/resolve-node.ts';
import { type Scene, widgetOf } from '../../scene/scene.ts';
import { type Size, describeSize, fitRatio, onGrid } from '../../size/fit-size.ts';
import { type ModelGrid, isCanvas, isModelSize, modelGrid } from '../../size/model-grid.ts';
import { tokenise } from '../../words/tokenise.ts';
import { askWhich } from '../../replying/wording.ts';
import type { NodeView } from '../../../workflow/view/view.ts';

/** What a request wants of width and height. */
type Wish =
  | { readonly kind: 'ratio'; readonly ratio: number; readonly isCrop?: boolean }
  | { readonly kind: 'size'; readonly size: Size }
  | { readonly kind: 'turn'; readonly to: 'portrait' | 'landscape' | 'other' }
  | { readonly kind: 'times'; readonly factor: number }
  | { readonly kind: 'format'; readonly name: string; readonly size: Size };

const VERB = String.raw`(?:(?:set|make|change|turn|flip|crop|reframe|give me|use|switch|go|do|i want|want|need|render|have|put|resize|scale|get|try)\s+)?`;
const THING = String.raw`(?:(?:it|this|that|the|my|an?|image|picture|frame|shot|render|size|resolution|res|dimensions|aspect ratio|aspect|ratio|ar|format|orientation|canvas|output|empty latent image|empty latent|latent image|latent|all|at|in|to|into|as|of|be|=|:)\s*[:=]?\s*)*`;
const AFTER = String.raw`(?:\s+(?:aspect ratio|aspect|ratio|ar|format|orientation|mode|size|resolution|image|picture|frame|shot|pixels|px|please|instead|version))*`;
const WHERE = String.raw`(?:\s+(?:on|for|of|in)\s+(?<node>.+))?`;
const NAMED: readonly (readonly [words: string, wish: Wish])[] = [
  ['square|1 to 1', { kind: 'ratio', ratio: 1 }],
  ['wide ?screen', { kind: 'ratio', ratio: 16 / 9 }],
  ['(?:ultra ?-?wide|cinemascope|anamorphic|scope|cinema scope)', { kind: 'ratio', ratio: 2.39 }],
  [
    '(?:flipped|flip(?: the)?(?: aspect(?: ratio)?| orientation| it)?|swap width and height|swap the width and height|swap w and h|rotate 90|rotated)',
    { kind: 'turn', to: 'other' },
  ],
  ['(?:portrait|vertical|tall|upright)', { kind: 'turn', to: 'portrait' }],
  ['(?:landscape|horizontal)', { kind: 'turn', to: 'landscape' }],
  [
    '(?:1080p|full ?hd|fhd|hd)',
    { kind: 'format', name: '1920 × 1080', size: { width: 1920, height: 1080 } },
  ],
  ['(?:720p)', { kind: 'format', name: '1280 × 720', size: { width: 1280, height: 720 } }],
  ['(?:2k|dci 2k)', { kind: 'format', name: '2048 × 1080', size: { width: 2048, height: 1080 } }],
  [
    '(?:4k|uhd|2160p|ultra hd)',
    { kind: 'format', name: '3840 × 2160', size: { width: 3840, height: 2160 } },
  ],
  ['(?:8k)', { kind: 'format', name: '7680 × 4320', size: { width: 7680, height: 4320 } }],
];
const SIMPLE = NAMED.map(
  ([words, wish]) => [new RegExp(`^${VERB}${THING}(?:${words})${AFTER}${WHERE}$`), wish] as const,
);
const FRAME = new RegExp(
  `^${VERB}${THING}(?:(?<turnFirst>portrait|landscape|vertical|horizontal) )?(?<what>[\\d.]+\\s*(?:px)?\\s*(?:x|×|\\*|by|:|/)\\s*[\\d.]+\\s*(?:px)?)${AFTER}(?: (?<turn>portrait|landscape|vertical|horizontal))?${WHERE}$`,
);
const SIDE_ONLY = new RegExp(`^${VERB}${THING}(?<side>\\d{3,5})(?:\\s*px)? (?:square|squared)$`);
/** Where the picture goes says nothing about its size. */
const PURPOSE =
  / for (?:the )?(?:insta(?:gram)?|reels?|tik ?tok|stor(?:y|ies)|shorts|youtube|socials?|web|print)$/;
const SCALED =
  /^(?:(?:scale|size|bring|take|go) (?:it |this |the (?:image|picture|frame|resolution|size) )?(?<down>down) (?:by|to) (?:a )?(?<half>half)|(?:the )?(?:size|resolution|res) (?:by |times )?(?<factor>x ?[\d.]+|[\d.]+x))$/;
const TIMES =
  /^(?:make (?:it|the (?:image|picture|frame|resolution)) )?(?<factor>double|twice|half|halve|quadruple|[\d.]+x)(?: (?:of|as))?(?: the)? (?:size|resolution|res|dimensions|big|large|image size|pixels)(?: as big)?$/;
const GROWN =
  /^(?:make )?(?:it |the (?:image|picture|frame|resolution|size) )?(?:(?<more>[\d.]+)\s*% (?<way>bigger|larger|smaller)|(?<plainWay>(?:(?:a )?(?:wee )?(?:bit|little|touch|tad) |slightly |much |(?:a )?lot )?(?:bigger|larger|smaller)))$/;

/** Changes size, aspect and orientation: on the model's grid, keeping the number of pixels. */
export function planSize(clause: Clause, scene: Scene): Outcome | undefined {
  const plain = clause.plain.replace(PURPOSE, '');
  const grown = GROWN.exec(plain);
  if (grown?.groups?.['plainWay'] !== undefined) return askHowMuch(grown.groups['plainWay'], scene);
  const read = readWish(plain, grown);
  if (read === undefined) return undefined;
  const candidates = canvases(scene);
  if (candidates.length === 0) {
    return ask(
      'This workflow takes its size from the picture that it loads, so there is no size to set here.',
      ['upscale 2x', 'what can I change'],
    );
  }
  const match = resolveNodes(read.nodeWords, candidates, scene);
  const [node] = match.nodes;
  if (node === undefined) return undefined;
  if (match.nodes.length > 1 && !match.wantsAll) {
    return askWhich('Which size do you mean', clause.typed, match.nodes, scene);
  }
  const outcomes = match.nodes.map((each) => resize(each, read.wish, scene));
  return outcomes.reduce((sum, next) =>
    sum.kind === 'edit' && next.kind === 'edit'
      ? edit([...sum.ops, ...next.ops], [...sum.says, ...next.says])
      : next,
  );
}

/** The aspect ratio that a text names, as in "16:9"; undefined when it names none. */
function readWish(
  plain: string,
  grown: RegExpExecArray | null,
): { readonly wish: Wish; readonly nodeWords: string } | undefined {
  const percent = grown?.groups?.['more'];
  if (percent !== undefined) {
    const share = Number(percent) / 100;
    return {
      wish: { kind: 'times', factor: grown?.groups?.['way'] === 'smaller' ? 1 - share : 1 + share },
      nodeWords: '',
    };
  }
  const scaled = SCALED.exec(plain)?.groups;
  const times =
    scaled?.['half'] ??
    scaled?.['factor']?.replace(' ', '') ??
    TIMES.exec(plain)?.groups?.['factor'];
  if (times !== undefined)
    return { wish: { kind: 'times', factor: readFactor(times) }, nodeWords: '' };
  const side = SIDE_ONLY.exec(plain)?.groups?.['side'];
  if (side !== undefined) {
    return {
      wish: { kind: 'size', size: { width: Number(side), height: Number(side) } },
      nodeWords: '',
    };
  }
  const named = SIMPLE.find(([pattern]) => pattern.test(plain));
  if (named !== undefined) {
    return {
      wish: withCrop(named[1], plain),
      nodeWords: named[0].exec(plain)?.groups?.['node'] ?? '',
    };
  }
  const frame = FRAME.exec(plain)?.groups;
  const [token] = tokenise(frame?.['what'] ?? '');
  const nodeWords = frame?.['node'] ?? '';
  if (token?.kind === 'size') return { wish: { kind: 'size', size: token }, nodeWords };
  if (token?.kind !== 'ratio' || !(token.ratio > 0.1 && token.ratio < 10)) return undefined;
  const wantsPortrait = /portrait|vertical/.test(frame?.['turn'] ?? frame?.['turnFirst'] ?? '');
  const ratio = wantsPortrait && token.ratio > 1 ? 1 / token.ratio : token.ratio;
  return { wish: withCrop({ kind: 'ratio', ratio }, plain), nodeWords };
}

function withCrop(wish: Wish, plain: string): Wish {
  return wish.kind === 'ratio' && plain.startsWith('crop') ? { ...wish, isCrop: true } : wish;
}

function readFactor(word: string): number {
  if (/^(?:half|halve)$/.test(word)) return 0.5;
  if (word === 'quadruple') return 4;
  return /^(?:double|twice)$/.test(word) ? 2 : Number(word.replace('x', ''));
}

/** Nodes that decide how large the picture is: empty latents first, else nodes that scale to a size. */
function canvases(scene: Scene): readonly NodeView[] {
  const sized = scene.nodes.filter(
    (node) => widgetOf(node, 'width') !== undefined && widgetOf(node, 'height') !== undefined,
  );
  const latents = sized.filter(isCanvas);
  if (latents.length > 0) return latents;
  return sized.filter((node) =>
    /^(?:ImageScale|LatentUpscale|EmptyImage|ImageResize)/.test(node.classType),
  );
}

function resize(node: NodeView, wish: Wish, scene: Scene): Outcome {
  const width = Number(widgetOf(node, 'width')?.value ?? 0);
  const height = Number(widgetOf(node, 'height')?.value ?? 0);
  const now: Size = { width, height };
  const model: ModelGrid = isModelSize(node, scene)
    ? modelGrid(scene)
    : { name: 'this node', grid: 1, area: Infinity, landscape: [3, 2] };
  switch (wish.kind) {
    case 'ratio':
      if (wish.isCrop === true && model.grid === 1)
        return toSize(node, now, cropTo(wish.ratio, now), wish, scene);
      return toSize(
        node,
        now,
        fitRatio(wish.ratio, width * height, { ...model, grid: Math.max(8, model.grid) }),
        wish,
        scene,
      );
    case 'turn':
      return turn(node, now, wish.to, model, scene);
    case 'size':
      return toSize(node, now, onGrid(wish.size, model.grid), wish, scene);
    case 'times': {
      const size = onGrid({ width: width * wish.factor, height: height * wish.factor }, model.grid);
      if (wish.factor > 1 && size.width * size.height > model.area * 1.7)
        return askPastModel(describeSize(size), size, wish.factor, scene);
      return toSize(node, now, size, wish, scene);
    }
    case 'format': {
      const size = onGrid(wish.size, model.grid);
      if (size.width * size.height > model.area * 1.7)
        return askPastModel(wish.name, size, 2, scene);
      return toSize(node, now, size, wish, scene);
    }
  }
}

function turn(
  node: NodeView,
  now: Size,
  to: 'portrait' | 'landscape' | 'other',
  model: ModelGrid,
  scene: Scene,
): Outcome {
  const isPortrait = now.height > now.width;
  if (now.width === now.height && to !== 'other') {
    const turned = toSize(node, now, usualShape(to, now, model), { kind: 'turn', to }, scene);
    if (turned.kind !== 'edit') return turned;
    const ratios = to === 'portrait' ? ['3:4', '4:5', '9:16'] : ['4:3', '16:9', '2.39:1'];
    const note = model.grid === 1 ? '' : `, the usual ${to} size for ${model.name}`;
    const says = turned.says.map((text, place) => (place === 0 ? `${text}${note}` : text));
    return { ...turned, says, offers: ratios.map((ratio) => `make it ${ratio}`) };
  }
  if (to !== 'other' && isPortrait === (to === 'portrait')) {
    return answer(`It is ${to} already: ${describeSize(now)}.`, ['make it square']);
  }
  return toSize(node, now, { width: now.height, height: now.width }, { kind: 'turn', to }, scene);
}

/** For a square of the model's own size its usual shape, else that shape with as many pixels. */
function usualShape(to: 'portrait' | 'landscape', now: Size, model: ModelGrid): Size {
  const [long, short] = model.landscape;
  const isNative = now.width * now.height === model.area;
  const wide = isNative
    ? { width: long, height: short }
    : fitRatio(long / short, now.width * now.height, { ...model, grid: Math.max(8, model.grid) });
  return to === 'landscape' ? wide : { width: wide.height, height: wide.width };
}

/** The largest frame of a ratio that lies within the picture. */
function cropTo(ratio: number, now: Size): Size {
  return now.width / now.height > ratio
    ? { width: Math.round(now.height * ratio), height: now.height }
    : { width: now.width, height: Math.round(now.width / ratio) };
}

/** Nodes that are told the size of the picture, as ModelSamplingFlux is, and have to follow it. */
function sizedLike(now: Size, scene: Scene): readonly NodeView[] {
  return scene.nodes.filter(
    (node) =>
      node.classType.startsWith('ModelSampling') &&
      widgetOf(node, 'width')?.value === now.width &&
      widgetOf(node, 'height')?.value === now.height,
  );
}

function toSize(node: NodeView, now: Size, size: Size, wish: Wish, scene: Scene): Outcome {
  const where = canvases(scene).length > 1 ? ` on ${scene.label(node)}` : '';
  const isMoved =
    wish.kind === 'size' && (wish.size.width !== size.width || wish.size.height !== size.height);
  const note = isMoved
    ? ` (${describeSize(wish.size)} is not on the grid of ${modelGrid(scene).name})`
    : '';
  if (size.width === now.width && size.height === now.height) {
    return edit([], [`Size${where} is already ${describeSize(now)}${note}`]);
  }
  const sides = [
    ['width', size.width, now.width],
    ['height', size.height, now.height],
  ] as const;
  const followers = isCanvas(node) ? sizedLike(now, scene) : [];
  const ops = [node, ...followers].flatMap((each) =>
    sides.flatMap(([widget, value, before]) =>
      value === before ? [] : [{ op: 'set_widget' as const, nodeId: each.id, widget, value }],
    ),
  );
  return edit(
    ops,
    [
      `Size${where} ${describeSize(now)} → ${describeSize(size)}${note}`,
      ...followers.map((each) => `${scene.label(each)} set to the same size`),
    ],
    'width',
  );
}

function askPastModel(name: string, size: Size, factor: number, scene: Scene): Outcome {
  const model = modelGrid(scene);
  return ask(
    `${name} is far more than ${model.name} composes well in one go. It is better to render at its own size and upscale. Which do you want?`,
    [
      `upscale ${String(factor)}x`,
      `add a second pass`,
      `set the size to ${String(size.width)}x${String(size.height)}`,
    ],
  );
}

function askHowMuch(way: string, scene: Scene): Outcome {
  const [node] = canvases(scene);
  const isDown = way.includes('smaller');
  const size =
    node === undefined
      ? ''
      : ` It is ${describeSize({ width: Number(widgetOf(node, 'width')?.value), height: Number(widgetOf(node, 'height')?.value) })} now.`;
  const share = isDown ? 'smaller' : 'bigger';
  return ask(`How much ${share}?${size}`, [
    `make it 25% ${share}`,
    isDown ? 'make it 50% smaller' : 'upscale 2x',
  ]);
}
