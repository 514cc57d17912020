import { findKnownModel } from './known-models/find-known-model.ts';
import { type ModelFamily, familyById, familyOfFile, namedFamily } from './model-families.ts';

/** Whether a file goes with a family of models, and how that is known. */
export interface FamilyVerdict {
  /** Undefined where neither a published name nor the name itself tells. */
  readonly fits: boolean | undefined;
  /** True where the file is a published one that is known. */
  readonly isPublished: boolean;
  /** The family that the file is for, in words. */
  readonly familyName: string;
}

/** Judges a file by its published name, else by the family that its name says. `folder` is where it would lie. */
export function fitsFamily(file: string, folder: string, family: ModelFamily): FamilyVerdict {
  const ids = findKnownModel(file, folder)?.families ?? [];
  if (ids.length > 0) {
    const families = ids.flatMap((id) => familyById(id) ?? []);
    // A VAE belongs to one model exactly; what else is for a line of models goes with all of it.
    const fits = families.some(({ id, line }) =>
      folder === 'vae' ? id === family.id : line === family.line,
    );
    return { fits, isPublished: true, familyName: families.map(({ name }) => name).join(', ') };
  }
  const named = namedFamily(file);
  return {
    fits: named === undefined ? undefined : named.line === family.line,
    isPublished: false,
    familyName: named?.name ?? '',
  };
}

/** The family that a file is for: by its published name, else by what its name looks like. */
export function familyOfModel(file: string, folder?: string): ModelFamily | undefined {
  const id = findKnownModel(file, folder)?.families[0];
  return (id === undefined ? undefined : familyById(id)) ?? familyOfFile(file);
}
