import { isJsonObject } from '../../../core/base/json.ts';
import type { NodeCatalog } from '../../../core/domain/workflow/catalog.ts';
import { isControlValue } from '../../../core/domain/workflow/widgets/map-positions.ts';
import { findInputSpec } from '../../../core/domain/workflow/widgets/widget-layout.ts';
import type { AnswerDifference } from '../compare-answers.ts';

/** What a difference of one value is judged by. */
export interface ValueFacts {
  readonly catalog: NodeCatalog;
  /** What the page calls each class. */
  readonly pageTitles: Readonly<Record<string, string>>;
}

/** Why one value differs, told from the class, the page's own words and the two values alone. */
export function explainValue(
  { classType, part, page, ours }: AnswerDifference,
  { catalog, pageTitles }: ValueFacts,
): string | undefined {
  const nodeClass = catalog.get(classType);
  if (part === '_meta') {
    const isOwn = titleOf(ours) === (nodeClass?.displayName ?? classType);
    return isOwn && titleOf(page) === pageTitles[classType]
      ? 'the page translates the name of the class; the payload’s title is for reading only'
      : undefined;
  }
  if (typeof part === 'string' || nodeClass === undefined) return undefined;
  const spec = findInputSpec(nodeClass, part.input);
  if (spec === undefined && ours === undefined) {
    const drawn = DRAWN[part.input];
    return drawn?.value === page && drawn?.classes.includes(classType) === true
      ? `the page draws “${part.input}” for itself and sends it; the class has no such input`
      : undefined;
  }
  if (spec !== undefined && ours === undefined && CAPTURED.has(spec.type)) {
    return 'the page records this while it makes the payload';
  }
  if (typeof ours === 'bigint' && typeof page === 'number' && Number(ours) === page) {
    return 'the page rounds whole numbers beyond 2^53; ours keeps them';
  }
  const isNumber = spec?.type === 'INT' || spec?.type === 'FLOAT';
  if (isNumber && isControlValue(page) && typeof ours === 'number') {
    return 'the page puts the word of a seed’s control into a number';
  }
  return undefined;
}

/** Settings that the page adds to classes of ComfyUI, with what it sends for them. */
const DRAWN: Readonly<
  Record<string, { readonly value: string; readonly classes: readonly string[] }>
> = {
  preview: { value: '', classes: ['PreviewAny'] },
  audioUI: {
    value: '',
    classes: ['LoadAudio', 'PreviewAudio', 'SaveAudio', 'SaveAudioMP3', 'SaveAudioOpus'],
  },
  image: { value: '', classes: ['SaveGLB', 'Preview3D'] },
  'upload 3d model': { value: 'upload3dmodel', classes: ['Load3D'] },
  'upload extra resources': { value: 'uploadExtraResources', classes: ['Load3D'] },
  clear: { value: 'clear', classes: ['Load3D'] },
  refresh: { value: 'refresh', classes: ['LoadImageOutput'] },
};

/** Types whose value the page uploads or records. */
const CAPTURED: ReadonlySet<string> = new Set([
  'AUDIO_RECORD',
  'WEBCAM',
  'LOAD_3D',
  'LOAD_3D_ANIMATION',
]);

function titleOf(meta: AnswerDifference['page']): string | undefined {
  const title = isJsonObject(meta) ? meta['title'] : undefined;
  return typeof title === 'string' ? title : undefined;
}
