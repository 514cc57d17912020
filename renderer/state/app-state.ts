import type { JsonObject } from '../../core/base/json.ts';
import type { WorkspaceState } from '../../core/contract/actions.ts';
import type { AppError, ErrorDataOf } from '../../core/contract/errors.ts';
import type { Forecast } from '../../core/contract/machine/forecast.schema.ts';
import type { ResultOf } from '../../core/contract/methods.ts';
import type { SessionState } from '../../core/contract/session.schema.ts';
import type { Problem } from '../../core/contract/workflow.schema.ts';
import type { NodeCatalog } from '../../core/domain/workflow/catalog.ts';
import { createNodeCatalog } from '../../core/domain/workflow/create-catalog.ts';
import type { Hello, LinkStatus } from '../transport/create-connection.ts';
import type { Mirror } from './mirror.ts';

/** A short notice outside the conversation; errors carry their next steps. */
export interface Toast {
  readonly id: number;
  readonly error?: AppError;
  readonly text?: string;
  /** Has a button that shows what checking the workflow found, and stays until it was read. */
  readonly isAboutProblems?: boolean;
}

export type DialogName =
  | 'palette'
  | 'connect'
  | 'server'
  | 'certificate'
  | 'settings'
  | 'open'
  | 'save'
  | 'problems'
  | 'machine';

export type GraphSide = 'before' | 'changes' | 'after';

/** What the right half shows: the workflow, or a picture. */
export type PaneView =
  | { readonly kind: 'workflow' }
  | {
      readonly kind: 'picture';
      readonly promptId: string;
      readonly assetId?: string;
      /** The run to compare it with; absent: the one before it. */
      readonly against?: string;
    };

/** What this window alone knows: what is selected, open, typed. Never sent to the core. */
export interface ViewState {
  readonly pane: PaneView;
  /** Null: the newest one that waits for an answer. */
  readonly changeSetId: string | null;
  readonly graphSide: GraphSide;
  /** Unticked ops by change set id. */
  readonly leftOut: Readonly<Record<string, readonly number[]>>;
  /** Node to bring into view; the number makes the same node twice two requests. */
  readonly focus: { readonly nodeId: string; readonly request: number } | null;
  readonly dialog: DialogName | null;
  /** Whose form the dialog "server" shows; null: a new one. */
  readonly editedServer: string | null;
  /** What the dialog "certificate" asks about. */
  readonly certificate: ErrorDataOf<'comfy/untrusted-certificate'> | null;
  /** What checking the workflow found; shown in the dialog "problems". */
  readonly problems: readonly Problem[];
  readonly isSidebarOpen: boolean;
  readonly draft: string;
}

/** Everything that the window draws from. */
export interface AppState {
  readonly link: LinkStatus;
  readonly hello: Hello | null;
  readonly workspace: Mirror<WorkspaceState> | null;
  /** The session that is open, and its mirror once it arrived. */
  readonly sessionId: string | null;
  readonly session: Mirror<SessionState> | null;
  /** Raw class descriptions known so far. */
  readonly objectInfo: JsonObject;
  readonly catalog: NodeCatalog;
  /** Classes in use that the server has not; empty while it is not known what it has. */
  readonly absentClasses: ReadonlySet<string>;
  readonly templates: ResultOf<'template/list'>['templates'];
  /** What the next run will need; null until it is known, or where there is none. */
  readonly forecast: Forecast | null;
  readonly toasts: readonly Toast[];
  readonly view: ViewState;
}

export const initialView: ViewState = {
  pane: { kind: 'workflow' },
  changeSetId: null,
  graphSide: 'changes',
  leftOut: {},
  focus: null,
  dialog: null,
  editedServer: null,
  certificate: null,
  problems: [],
  isSidebarOpen: false,
  draft: '',
};

/** Before the core has said anything. */
export function createInitialState(): AppState {
  return {
    link: { kind: 'connecting' },
    hello: null,
    workspace: null,
    sessionId: null,
    session: null,
    objectInfo: {},
    catalog: createNodeCatalog({}),
    absentClasses: new Set(),
    templates: [],
    forecast: null,
    toasts: [],
    view: initialView,
  };
}
