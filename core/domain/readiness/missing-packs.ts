import type { MissingPack } from '../../contract/readiness.schema.ts';
import { isSuccessor } from '../workflow/validation/graph/successors.ts';
import type { DeclaredPack } from './declared-parts.ts';
import { findPacks, packNamed } from './known-packs.ts';

/** ComfyUI's own registry name; a class of it that is missing came with a newer version. */
const CORE = 'comfy-core';
const NEWER = 'a newer ComfyUI';
/** Classes of its own that came after 0.3.64, for files that do not say where a node is from. */
const NEWER_CLASSES: ReadonlySet<string> = new Set([
  'ComfySwitchNode',
  'EmptyFlux2LatentImage',
  'Flux2Scheduler',
  'TextEncodeZImageOmni',
]);

/** The packs that the classes come with: those that the workflow names first, then those known to have them. */
export function missingPacks(
  classTypes: readonly string[],
  declared: ReadonlyMap<string, DeclaredPack>,
): readonly MissingPack[] {
  const packs = new Map<string, MissingPack>();
  for (const classType of classTypes) {
    const pack = packOf(classType, declared.get(classType));
    const key = pack.id ?? pack.repository ?? pack.name ?? '';
    const known = packs.get(key);
    packs.set(
      key,
      known === undefined
        ? { ...pack, classTypes: [classType] }
        : { ...known, classTypes: [...known.classTypes, classType] },
    );
  }
  return [...packs.values()];
}

function packOf(
  classType: string,
  declared: DeclaredPack | undefined,
): Omit<MissingPack, 'classTypes'> {
  if (declared !== undefined) {
    const { id, version } = declared;
    if (id === CORE) {
      return {
        name: NEWER,
        id,
        ...(version === undefined ? {} : { version }),
        told: 'workflow',
        alternatives: [],
      };
    }
    const known = packNamed(id);
    const isRepository = id.includes('/');
    const repository = known?.repository ?? (isRepository ? `github.com/${id}` : undefined);
    return {
      name: known?.name ?? id,
      ...(isRepository ? (known?.id === undefined ? {} : { id: known.id }) : { id }),
      ...(repository === undefined ? {} : { repository }),
      ...(version === undefined ? {} : { version }),
      told: 'workflow',
      alternatives: [],
    };
  }
  if (isSuccessor(classType) || NEWER_CLASSES.has(classType)) {
    return { name: NEWER, id: CORE, told: 'known', alternatives: [] };
  }
  const [first, ...others] = findPacks(classType);
  if (first === undefined) return { told: 'unknown', alternatives: [] };
  return { ...first, told: 'known', alternatives: others.map(({ name }) => name) };
}
