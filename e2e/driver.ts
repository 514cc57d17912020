import type { Page } from '@playwright/test';

/** One running Second Unit, whichever shell it runs in; the specs know nothing else. */
export interface Driver {
  /** A window on it; in browser mode every call opens another one. */
  openWindow(): Promise<Page>;
  /** Kills the core as a crash would. */
  killCore(): Promise<void>;
  /** Has the core back: on the same address, with the same data. */
  restoreCore(): Promise<void>;
  close(): Promise<void>;
}

/** How a Second Unit for a spec is started. */
export interface DriverOptions {
  /** Sessions and settings; deleted by whoever made it. */
  readonly dataFolder: string;
  /** Stands for the artist's home folder, where other programs keep their settings. */
  readonly home: string;
  /** Milliseconds per sampler step of the practice ComfyUI. */
  readonly stepMs: number;
}
