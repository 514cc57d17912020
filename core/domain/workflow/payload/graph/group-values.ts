import { type JsonObject, type JsonValue, isJsonArray } from '../../../../base/json.ts';
import { storedInputs, storedOutputs, toTypeText } from '../../view/graph-format.ts';
import { mapLayout } from '../../widgets/map-positions.ts';
import { type LayoutEntry, widgetEntries, widgetLayout } from '../../widgets/widget-layout.ts';
import { type GroupParts, type Member, configOf } from './group-parts.ts';

/** Deals a group node's own values to its inner settings, in inner order: node id → setting → value. */
export function groupValues(
  instance: JsonObject,
  parts: GroupParts,
): ReadonlyMap<string, ReadonlyMap<string, JsonValue>> {
  const stored = instance['widgets_values'];
  const layout = parts.members.flatMap((member) =>
    memberLayout(parts, member).map((entry) => ownedBy(member, entry)),
  );
  const dealt = new Map<string, Map<string, JsonValue>>();
  for (const { name, value, place } of mapLayout(layout, isJsonArray(stored) ? stored : [])
    .widgets) {
    if (place === undefined) continue;
    const [owner = ''] = name.split('/', 1);
    const values = dealt.get(owner) ?? new Map<string, JsonValue>();
    dealt.set(owner, values.set(name.slice(owner.length + 1), value));
  }
  return dealt;
}

/** The settings of all inner nodes lie in one row; each says whose it is before its name. */
function ownedBy({ index }: Member, entry: LayoutEntry): LayoutEntry {
  if (entry.kind !== 'widget') return entry;
  return { ...entry, spec: { ...entry.spec, name: `${index}/${entry.spec.name}` } };
}

/** What an inner node shows of its settings: not those that are wired, turned into sockets or hidden. */
function memberLayout(parts: GroupParts, member: Member): readonly LayoutEntry[] {
  if (member.type === 'PrimitiveNode') return primitiveLayout(parts, member);
  if (member.nodeClass === undefined) return [];
  const sockets = storedInputs(member.node).map(({ widgetName }) => widgetName);
  const isShown = (name: string): boolean =>
    !sockets.includes(name) && configOf(parts, member, 'input', name)['visible'] !== false;
  return widgetLayout(member.nodeClass).filter((entry) => {
    if (entry.kind === 'widget') return isShown(entry.spec.name);
    return entry.kind !== 'control' || isShown(entry.of);
  });
}

/** A primitive that feeds nothing has no setting. */
function primitiveLayout({ wires }: GroupParts, { node, index }: Member): readonly LayoutEntry[] {
  if (!wires.some(({ source }) => source === index)) return [];
  const type = toTypeText(storedOutputs(node)[0]?.type);
  const values = node['widgets_values'];
  const hasControl = isJsonArray(values) && values.length > 1;
  const spec = { name: 'value', type, required: true, isWidget: true, hasControl, options: {} };
  return widgetEntries(spec);
}
