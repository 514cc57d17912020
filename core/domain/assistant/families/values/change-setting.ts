import type { Op } from '../../../../contract/workflow.schema.ts';
import { settingLabel } from '../../../workflow/view/setting-label.ts';
import type { NodeView } from '../../../workflow/view/view.ts';
import { type Change, changeValue, shown } from '../../reading/change-value.ts';
import { followNumber } from '../../scene/follow-number.ts';
import { type Outcome, ask, edit } from '../../plan.ts';
import { type Scene, widgetOf } from '../../scene/scene.ts';
import { type SettingConcept, nodesWith, widgetsOn } from '../../reading/settings.ts';
import { gridSpec } from '../../size/model-grid.ts';
import { refer } from '../../replying/wording.ts';

/** A request for a setting to become `change` on some of `nodes`; asks when it is not clear which. */
export function changeSetting(
  concept: SettingConcept,
  change: Change,
  nodes: readonly NodeView[],
  scene: Scene,
): Outcome {
  const ops: Op[] = [];
  const says: string[] = [];
  for (const node of nodes) {
    for (const name of widgetsOn(concept, node)) {
      const target = followNumber(node, name, scene);
      if (target === undefined) {
        return ask(
          `${concept.label} on ${scene.label(node)} is fed by another node, so it has no value of its own.`,
        );
      }
      const widget = widgetOf(target.node, target.name);
      const spec = gridSpec(widget?.spec, name, target.node, scene);
      const current = widget?.value ?? null;
      const changed = changeValue(current, forConcept(concept, change), spec, concept.paces);
      if (!changed.ok) {
        return ask(
          `${concept.label} cannot be that: ${changed.reason}. It is ${shown(current)} now.`,
          changed.offers.map((offer) => `set ${concept.key} to ${shown(offer)} on ${refer(node)}`),
        );
      }
      const where = nodesWith(concept, scene).length > 1 ? ` on ${scene.label(target.node)}` : '';
      const label =
        widgetsOn(concept, node).length > 1
          ? `${concept.label} (${name.replace(/^.*_/, '')})`
          : labelOf(concept, name);
      const note = changed.note === undefined ? '' : ` (${changed.note})`;
      if (shown(current) === shown(changed.value)) {
        says.push(`${label}${where} is already ${shown(current)}${note}`);
        continue;
      }
      ops.push({
        op: 'set_widget',
        nodeId: target.node.id,
        widget: target.name,
        value: changed.value,
      });
      says.push(`${label}${where} ${shown(current)} → ${shown(changed.value)}${note}`);
    }
  }
  return edit(ops, says, concept.key);
}

/** True when one primitive feeds the setting on all of these nodes. */
export function haveOneSource(
  concept: SettingConcept,
  nodes: readonly NodeView[],
  scene: Scene,
): boolean {
  const targets = nodes.map((node) => followNumber(node, widgetsOn(concept, node)[0] ?? '', scene));
  const ids = new Set(
    targets.map((target) => (target === undefined ? '' : `${target.node.id}/${target.name}`)),
  );
  return ids.size === 1 && !ids.has('');
}

/** "Guidance 5" on a sampler changes its CFG, and is called so. */
function labelOf(concept: SettingConcept, widget: string): string {
  return concept.widgets[0]?.includes(widget) === true ? concept.label : settingLabel(widget);
}

/** Clip skip 2 is written -2 in ComfyUI. */
function forConcept(concept: SettingConcept, change: Change): Change {
  if (concept.key !== 'clip skip' || change.kind !== 'to') return change;
  return { kind: 'to', value: -Math.abs(Number(change.value)) };
}
