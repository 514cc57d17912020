import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../core/contract/errors.ts';
import type { StepCommand } from '../../core/domain/errors/artist-message.ts';
import { emptyWorkspace } from '../../core/domain/session/workspace-reducer.ts';
import type { AppState } from './app-state.ts';
import type { CoreActions } from './core-actions.ts';
import type { App } from './create-app.ts';
import type { ViewActions } from './view-actions.ts';

/** What every component can reach. */
export interface AppTools {
  readonly app: App;
  readonly core: CoreActions;
  readonly view: ViewActions;
  readonly runStep: (command: StepCommand, error: AppError) => void;
}

/** Set once around the whole window. */
export const AppContext = createContext<AppTools | null>(null);

/** The actions; throws when used outside the window, which is a bug. */
export function useTools(): AppTools {
  const tools = use(AppContext);
  if (tools === null) throw new Error('useTools outside of the window');
  return tools;
}

/** Draws again only when the selected part changed; the selector must return a part, not a new object. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useTools().app.store, select);
}

/** The open session, or null until it arrived. */
export function useSession(): NonNullable<AppState['session']>['state'] | null {
  return useApp((state) => state.session?.state ?? null);
}

/** What all sessions share; the empty one until it arrived. */
export function useWorkspace(): typeof emptyWorkspace {
  return useApp((state) => state.workspace?.state ?? emptyWorkspace);
}

/** Turns an asset's id into an address for `<img>`; with `width` (pixels) a smaller copy is enough. */
export function useAssetUrl(): (assetId: string, width?: number) => string {
  const base = useApp((state) => state.hello?.assetBase ?? '');
  return (assetId, width) =>
    width === undefined ? base + assetId : `${base}${assetId}?w=${String(width)}`;
}
