import { stringifyExactJson } from '../../base/exact-json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Run } from '../../contract/run/run.schema.ts';
import type { DiffEntry } from '../../contract/workflow.schema.ts';
import type { Digest } from '../../ports/ids.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';
import { recallRun } from '../runs/prepare-run.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** What was sent for a run whose receipt was not opened in time: only what proves to be the same counts. */
export function recallPayload(
  store: SessionStore,
  link: ComfyLink,
  run: Run,
  digest: Digest,
): { readonly payload: JsonObject | null; readonly intended: readonly DiffEntry[] } {
  const recalled = recallRun({ link, digest }, store, run);
  const isSame =
    recalled !== undefined && digest(stringifyExactJson(recalled.payload)) === run.payloadDigest;
  return { payload: isSame ? recalled.payload : null, intended: [] };
}
