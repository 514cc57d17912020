import type { Problem } from '../contract/workflow.schema.ts';
import type { NodeCatalog } from '../domain/workflow/catalog.ts';
import type { ToolContext } from './define-tool.ts';

/**
 * Looks with the catalog at hand, and once more with a fresh one where something is missing: the artist may have put
 * it there since, as they were told to.
 */
export async function lookAgain<T>(
  { catalog, freshCatalog }: Pick<ToolContext, 'catalog' | 'freshCatalog'>,
  look: (catalog: NodeCatalog) => T | Promise<T>,
  isMissing: (found: T) => boolean,
): Promise<T> {
  const found = await look(catalog);
  if (!isMissing(found)) return found;
  const fresh = await freshCatalog();
  return fresh === catalog ? found : look(fresh);
}

/** True for what a new file or node pack would settle. */
export function isAboutMissing({ type }: Problem): boolean {
  return ['missing_node_type', 'value_not_in_list', 'file_not_listed'].includes(type);
}
