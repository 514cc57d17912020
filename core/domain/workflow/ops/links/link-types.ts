/**
 * True when the page lets an output of the one type feed an input of the other: wildcards take anything, and so do
 * types that take after what is connected (servers of 2026); case does not count, and of comma lists one common member is enough (LiteGraph `isValidConnection`).
 */
export function canConnect(outputType: string, inputType: string): boolean {
  if (isWildcard(outputType) || isWildcard(inputType)) return true;
  const offered = membersOf(outputType);
  return membersOf(inputType).some((type) => offered.includes(type));
}

function isWildcard(type: string): boolean {
  return ['', '*', '0', '-1', 'COMFY_MATCHTYPE_V3'].includes(type);
}

function membersOf(type: string): readonly string[] {
  return type
    .toLowerCase()
    .split(',')
    .map((member) => member.trim());
}
