import type { JsonObject } from '../../core/base/json.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { workflowFromJson } from '../../core/domain/workflow/parse-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/to-execution-payload.ts';
import { type AnswerDifference, compareAnswers } from './compare-answers.ts';
import { type ComfyPage, ORACLE_NOW } from './open-page.ts';
import { type OracleCase, unknownTypes } from './oracle-case.ts';

/** What came of one workflow. */
export interface OracleRow {
  readonly name: string;
  readonly nodes: number;
  readonly differences: readonly AnswerDifference[];
  /** Types that this page and server do not have; nothing was compared. */
  readonly unknown?: readonly string[];
  readonly payload?: JsonObject;
}

/** Asks the page and ourselves for each workflow, one after the other. */
export async function runOracle(
  page: ComfyPage,
  catalog: NodeCatalog,
  cases: readonly OracleCase[],
  onRow: (row: OracleRow) => void,
): Promise<void> {
  for (const each of cases) onRow(await askBoth(page, catalog, each));
}

/** Our payload at the oracle's moment; `undefined` and why when there is none. */
export function ourPayload(
  workflow: JsonObject,
  catalog: NodeCatalog,
): { readonly payload: JsonObject; readonly refused?: string } {
  const document = workflowFromJson(workflow);
  if (!document.ok) return { payload: {}, refused: document.error.code };
  const made = toExecutionPayload(document.value, catalog, {
    now: {
      year: ORACLE_NOW.getFullYear(),
      month: ORACLE_NOW.getMonth() + 1,
      day: ORACLE_NOW.getDate(),
      hour: ORACLE_NOW.getHours(),
      minute: ORACLE_NOW.getMinutes(),
      second: ORACLE_NOW.getSeconds(),
    },
    pick: () => 0,
  });
  return made.ok
    ? { payload: made.value.payload }
    : { payload: {}, refused: JSON.stringify(made.error) };
}

async function askBoth(
  page: ComfyPage,
  catalog: NodeCatalog,
  { name, workflow, text }: OracleCase,
): Promise<OracleRow> {
  const unknown = unknownTypes(workflow, catalog);
  if (unknown.length > 0) return { name, nodes: 0, differences: [], unknown };
  const answer = await page.toPayload(text);
  const ours = ourPayload(workflow, catalog);
  if (!answer.ok) {
    const refused = ours.refused ?? 'a payload';
    return { name, nodes: 0, differences: [{ where: 'page', page: answer.error, ours: refused }] };
  }
  return {
    name,
    nodes: Object.keys(answer.payload).length,
    differences: compareAnswers(answer.payload, ours.payload),
    payload: answer.payload,
  };
}
