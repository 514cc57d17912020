import { isJsonArray } from '../../../../base/json.ts';
import { storedInputs, storedOutputs, toSlot } from '../../view/graph-format.ts';
import { type GroupParts, type Member, configOf } from './group-parts.ts';

/** An input or output of an inner node that the group node has on its outside. */
export interface Port {
  readonly member: Member;
  readonly slot: number;
  readonly name: string;
}

/** The inner sockets that no inner wire feeds, named as the page names them on the outside. */
export function outsideInputs(parts: GroupParts): readonly Port[] {
  const taken = new Map<string, number>();
  return parts.members.flatMap((member) => {
    const inputs = [...storedInputs(member.node).entries()];
    const isSetting = ([, input]: (typeof inputs)[number]): boolean =>
      input.widgetName !== undefined;
    // The page names sockets before settings that were turned into sockets.
    const ordered = [...inputs.filter((each) => !isSetting(each)), ...inputs.filter(isSetting)];
    return ordered.flatMap(([slot, input]): readonly Port[] => {
      const isWired = parts.wires.some(
        ({ target, targetSlot }) => target === member.index && targetSlot === slot,
      );
      const config = configOf(parts, member, 'input', input.name);
      if (isWired || config['visible'] === false) return [];
      const own = config['name'] ?? input.raw['label'];
      const base = typeof own === 'string' ? own : input.name;
      return [{ member, slot, name: outsideName(member, input.name, base, taken) }];
    });
  });
}

/** A name that is taken gets the inner node's title before it, and a number when that is taken too. */
function outsideName(
  { node, type }: Member,
  inner: string,
  base: string,
  taken: Map<string, number>,
): string {
  const title = typeof node['title'] === 'string' ? node['title'] : type;
  const key = taken.has(base) ? `${title} ${inner}` : base;
  const count = taken.get(key) ?? 0;
  taken.set(key, count + 1);
  return count === 0 ? key : `${title} ${count} ${inner}`;
}

/** The outputs that no inner wire uses, those that were wired outside as well, and what the artist shows. */
export function outsideOutputs(parts: GroupParts): readonly Omit<Port, 'name'>[] {
  const { external } = parts.json;
  const listed = (isJsonArray(external) ? external : []).filter(isJsonArray);
  return parts.members.flatMap((member) => {
    const stored = storedOutputs(member.node);
    const count = Math.max(stored.length, member.nodeClass?.outputs.length ?? 0);
    const ports = Array.from({ length: count }, (_, slot) => ({ member, slot }));
    return ports.filter(({ slot }) => {
      const { visible } = configOf(parts, member, 'output', slot);
      if (typeof visible === 'boolean') return visible;
      const isUsed = parts.wires.some(
        ({ source, sourceSlot }) => source === member.index && sourceSlot === slot,
      );
      return (
        !isUsed || listed.some(([of, at]) => toSlot(of) === member.index && toSlot(at) === slot)
      );
    });
  });
}
