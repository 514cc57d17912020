import type { MissingModel, MissingPack, Readiness } from '../../contract/readiness.schema.ts';

/** The answer in words, a line each: the verdict, what is missing, what else was found, and what would help. */
export function describeReadiness(readiness: Readiness): readonly string[] {
  const { outcome, forecast, fixes } = readiness;
  return [
    HEADLINES[outcome],
    ...describeLacks(readiness),
    // The rest of the forecast is for whoever asks for it.
    ...(forecast === undefined || forecast.now.outcome === 'unknown' ? [] : forecast.summary),
    ...(fixes.length === 0 || outcome === 'ready'
      ? []
      : [`I can change this: ${[...new Set(fixes.map(({ intent }) => intent))].join('; ')}.`]),
  ];
}

/** What is missing or wrong, a line each; nothing where all is well. */
export function describeLacks({ packs, models, problems }: Readiness): readonly string[] {
  const serious = problems.filter(({ severity }) => severity !== 'note');
  return [
    ...packs.map(describePack),
    ...models.map(describeModel),
    ...serious.map(({ message }) => message),
  ];
}

const HEADLINES = {
  ready: 'Nothing is missing: it would run here.',
  'after-fixes': 'It would run here with a few changes.',
  lacking: 'It would not run here yet.',
  'too-large': 'It does not fit on the graphics card of this machine.',
} as const satisfies Readonly<Record<Readiness['outcome'], string>>;

/** One missing pack: its name, where it is, and which nodes it brings. */
function describePack(pack: MissingPack): string {
  const { name, repository, id, version, told, alternatives, classTypes } = pack;
  const classes = listed(classTypes.map((classType) => `“${classType}”`));
  const nodes = `${classes} ${classTypes.length === 1 ? 'is' : 'are'} missing`;
  if (name === undefined)
    return `${nodes}; which node pack has ${classTypes.length === 1 ? 'it' : 'them'} is not known.`;
  if (id === 'comfy-core') {
    const came = classTypes.length === 1 ? 'it comes' : 'they come';
    return `${nodes}: ${came} with a newer ComfyUI${version === undefined ? '' : ` (${version})`}; update ComfyUI.`;
  }
  const where = [repository, version === undefined ? undefined : `version ${version}`]
    .filter((part) => part !== undefined)
    .join(', ');
  const others = alternatives.length === 0 ? '' : ` (${listed(alternatives)} has such a node too)`;
  const by = told === 'workflow' ? 'The workflow says so.' : 'Judged by the names.';
  return `${nodes}: install the node pack ${name}${where === '' ? '' : ` (${where})`}${others}. ${by}`;
}

/** One missing model: what it is, where it goes, and where it comes from, or that this is not known. */
function describeModel(model: MissingModel): string {
  const { file, folder, family, bytes, licence, source, isSure, near } = model;
  const facts = [
    family,
    bytes === undefined ? undefined : `about ${(bytes / 1e9).toFixed(1)} GB`,
    licence === undefined ? 'licence not known' : `licence: ${licence}`,
    source === undefined ? 'where it is published is not known' : source,
  ].filter((fact) => fact !== undefined);
  const place = folder === undefined ? '' : ` in models/${folder}`;
  const [nearest] = near;
  const instead = nearest === undefined ? '' : ` The nearest that is installed is “${nearest}”.`;
  return isSure
    ? `The file “${file}” is missing${place} (${facts.join('; ')}).${instead}`
    : `The file “${file}” is needed${place}, and whether it is there cannot be seen (${facts.join('; ')}).`;
}

function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
