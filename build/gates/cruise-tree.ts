import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type ICruiseResult, type IFlattenedRuleSet, cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/** One import that a rule forbids; for a cycle `to` is the next module in it. */
export interface ArchitectureViolation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** What was looked at and what was wrong with it. */
export interface ArchitectureReport {
  readonly modules: number;
  readonly dependencies: number;
  readonly violations: readonly ArchitectureViolation[];
}

/** The folders that the import rule is about. */
export const GUARDED_FOLDERS: readonly string[] = [
  'core',
  'electron',
  'renderer',
  'tests',
  'e2e',
  'build',
];

/** Holds `folders` under `root` against the rules of `root`'s .dependency-cruiser.cjs. */
export async function cruiseTree(
  root: string,
  folders: readonly string[],
): Promise<ArchitectureReport> {
  const { forbidden, options } = createRequire(import.meta.url)(
    join(root, '.dependency-cruiser.cjs'),
  ) as {
    readonly forbidden: NonNullable<IFlattenedRuleSet['forbidden']>;
    readonly options: Readonly<Record<string, unknown>>;
  };
  const { enhancedResolveOptions, ...cruiseOptions } = options;
  const answer = await cruise(
    [...folders],
    { ...cruiseOptions, baseDir: root, validate: true, ruleSet: { forbidden } },
    enhancedResolveOptions as object,
    { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
  );
  const { summary } = answer.output as ICruiseResult;
  return {
    modules: summary.totalCruised,
    dependencies: summary.totalDependenciesCruised ?? 0,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
