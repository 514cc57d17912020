import { type AnswerDifference, placeOf, showAnswer } from './compare-answers.ts';
import type { OracleRow } from './run-oracle.ts';

/** A difference as it is reported. */
export interface ReportedDifference {
  /** Node, class and input: "12:3 KSampler.seed". */
  readonly where: string;
  readonly page: string;
  readonly ours: string;
  /** Why it is meant to be so; absent: ours is wrong. */
  readonly because?: string;
  /** The nodes of the file whose circumstance is the reason. */
  readonly lookedAt?: readonly string[];
}

/** One workflow's outcome: what is explained, and what is wrong. */
export interface Judged {
  readonly name: string;
  readonly nodes: number;
  readonly unknown: readonly string[];
  readonly explained: readonly ReportedDifference[];
  readonly ours: readonly ReportedDifference[];
}

/** All outcomes in numbers. */
export interface OracleSummary {
  readonly workflows: number;
  readonly compared: number;
  readonly notCompared: number;
  readonly same: number;
  readonly explained: number;
  readonly different: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** Sorts what the oracle said of one workflow. */
export function judgeRow({ name, nodes, unknown, failure, differences }: OracleRow): Judged {
  const all = differences.map(({ difference, because, lookedAt }) => ({
    ...shown(difference),
    ...(because === undefined ? {} : { because }),
    ...(lookedAt === undefined ? {} : { lookedAt }),
  }));
  if (failure !== undefined) {
    const { error, because } = failure;
    all.push({
      where: 'the whole file',
      page: error,
      ours: 'a payload',
      ...(because === undefined ? {} : { because }),
    });
  }
  return {
    name,
    nodes,
    unknown: unknown ?? [],
    explained: all.filter(({ because }) => because !== undefined),
    ours: all.filter(({ because }) => because === undefined),
  };
}

/** A row whose open differences another page does not have; `still` are the places where it has them too. */
export function settledBy(row: Judged, still: ReadonlySet<string> | undefined): Judged {
  const isSettled = ({ where }: ReportedDifference): boolean => still?.has(where) === false;
  const because = 'a newer page answers as we do';
  return {
    ...row,
    ours: row.ours.filter((each) => !isSettled(each)),
    explained: [
      ...row.explained,
      ...row.ours.filter(isSettled).map((each) => ({ ...each, because })),
    ],
  };
}

/** Counts outcomes and reasons. */
export function summarise(rows: readonly Judged[]): OracleSummary {
  const compared = rows.filter(({ unknown }) => unknown.length === 0);
  const reasons: Record<string, number> = {};
  for (const { because = '' } of compared.flatMap(({ explained }) => explained)) {
    reasons[because] = (reasons[because] ?? 0) + 1;
  }
  return {
    workflows: rows.length,
    compared: compared.length,
    notCompared: rows.length - compared.length,
    same: compared.filter((row) => row.ours.length + row.explained.length === 0).length,
    explained: compared.filter((row) => row.ours.length === 0 && row.explained.length > 0).length,
    different: compared.filter(({ ours }) => ours.length > 0).length,
    reasons,
  };
}

function shown(
  difference: AnswerDifference,
): Pick<ReportedDifference, 'where' | 'page' | 'ours'> & Partial<ReportedDifference> {
  return {
    where: placeOf(difference),
    page: showAnswer(difference.page),
    ours: showAnswer(difference.ours),
  };
}
