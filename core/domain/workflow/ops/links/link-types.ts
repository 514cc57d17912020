/**
 * True when the page lets an output of the one type feed an input of the other: {@link typesConnect}, and types that
 * take after what is connected (servers of 2026) take anything.
 */
export function canConnect(outputType: string, inputType: string): boolean {
  const takesAnything = (type: string): boolean => type === '-1' || type === 'COMFY_MATCHTYPE_V3';
  return (
    takesAnything(outputType) || takesAnything(inputType) || typesConnect(outputType, inputType)
  );
}

/**
 * The page's own rule for two types (LiteGraph `isValidConnection`): wildcards join all, case does not count, and of
 * comma lists one common member is enough.
 */
export function typesConnect(one: string, other: string): boolean {
  const [names, others] = [membersOf(one), membersOf(other)];
  return (
    names.some(isWildcard) || others.some(isWildcard) || names.some((name) => others.includes(name))
  );
}

function isWildcard(type: string): boolean {
  return type === '' || type === '*' || type === '0';
}

function membersOf(type: string): readonly string[] {
  return type
    .toLowerCase()
    .split(',')
    .map((member) => member.trim());
}
