import { type Result, err, ok } from '../base/result.ts';
import { type AppError, appError } from '../contract/errors.ts';
import type { NodeCatalog, NodeClass } from '../domain/workflow/catalog.ts';
import { nearestNames } from '../domain/workflow/nearest-name.ts';

/** A node class by its name, in any case, or by the name that the page shows; else the nearest names. */
export function findNodeClass(catalog: NodeCatalog, wanted: string): Result<NodeClass, AppError> {
  const exact = catalog.get(wanted);
  if (exact !== undefined) return ok(exact);
  const folded = fold(wanted);
  for (const classType of catalog.classTypes) {
    const candidate = catalog.get(classType);
    if (candidate === undefined) continue;
    if (fold(classType) === folded || fold(candidate.displayName) === folded) return ok(candidate);
  }
  const near = nearestNames(wanted, catalog.classTypes, 5);
  return err(appError('op/unknown-class', { classType: wanted, near: [...near] }));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
