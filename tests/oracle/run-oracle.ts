import type { JsonObject } from '../../core/base/json.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { workflowFromJson } from '../../core/domain/workflow/parse-workflow.ts';
import { toExecutionPayload } from '../../core/domain/workflow/payload/to-execution-payload.ts';
import { compareAnswers } from './compare-answers.ts';
import { type Explained, explainDifferences } from './explain/explain-differences.ts';
import { explainFailure } from './explain/explain-failure.ts';
import { type ComfyPage, ORACLE_NOW, type PageAnswer } from './open-page.ts';
import { type OracleCase, unknownTypes } from './oracle-case.ts';

/** What came of one workflow. */
export interface OracleRow {
  readonly name: string;
  readonly nodes: number;
  readonly differences: readonly Explained[];
  /** Types that this page and server do not have; nothing was compared. */
  readonly unknown?: readonly string[];
  /** What the page said instead of giving a payload. */
  readonly failure?: { readonly error: string; readonly because?: string };
  readonly payload?: JsonObject;
}

/** What workflows are compared with. */
export interface OracleFacts {
  readonly catalog: NodeCatalog;
  /** What the page calls each class. */
  readonly pageTitles: Readonly<Record<string, string>>;
}

/** Asks the page and ourselves for each workflow, one after the other. */
export async function runOracle(
  page: ComfyPage,
  catalog: NodeCatalog,
  cases: readonly OracleCase[],
  onRow: (row: OracleRow) => void,
): Promise<void> {
  const facts = { catalog, pageTitles: page.titles };
  for (const each of cases) {
    const unknown = unknownTypes(each.workflow, (type) => catalog.get(type) !== undefined);
    if (unknown.length > 0) onRow({ name: each.name, nodes: 0, differences: [], unknown });
    else onRow(compareWithPage(each, await page.toPayload(each.text), facts));
  }
}

/** Compares what a page answered for a workflow with what we make of it. */
function compareWithPage(
  { name, workflow }: OracleCase,
  answer: PageAnswer,
  facts: OracleFacts,
): OracleRow {
  if (!answer.ok) {
    const because = explainFailure(answer.error, workflow);
    const failure = { error: answer.error, ...(because === undefined ? {} : { because }) };
    return { name, nodes: 0, differences: [], failure };
  }
  const convert = (json: JsonObject): JsonObject => ourPayload(json, facts.catalog);
  const differences = compareAnswers(answer.payload, convert(workflow));
  return {
    name,
    nodes: Object.keys(answer.payload).length,
    differences: explainDifferences(differences, workflow, { ...facts, convert }),
    payload: answer.payload,
  };
}

/** Our payload at the oracle's moment; empty when there is none. */
export function ourPayload(workflow: JsonObject, catalog: NodeCatalog): JsonObject {
  const document = workflowFromJson(workflow);
  if (!document.ok) return {};
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
  return made.ok ? made.value.payload : {};
}
