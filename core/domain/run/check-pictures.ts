import { type JsonObject, isJsonObject } from '../../base/json.ts';
import type { Check, Output } from '../../contract/run/run.schema.ts';
import { expectedPicture } from './expected-picture.ts';

/** What looking into a picture's bytes found. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  /** 0..1; 0 for one flat colour. */
  readonly contrast: number;
}

/** One output with what its bytes told, where they could be read. */
export interface InspectedOutput {
  readonly output: Output;
  readonly facts?: PictureFacts;
  /** The execution payload that ComfyUI wrote into the picture. */
  readonly prompt?: JsonObject;
}

/** Below this a picture looks like one flat colour; compression noise alone is less. */
const FLAT_CONTRAST = 0.01;

/** Hands its pictures to the live connection, and leaves neither a file nor an entry in the history. */
export const LIVE_ONLY = 'SaveImageWebsocket';

/** Number, size and content of the pictures against what the payload says they should be. */
export function checkPictures(
  payload: JsonObject,
  inspected: readonly InspectedOutput[],
): readonly Check[] {
  if (inspected.length === 0) {
    if (handsOverLive(payload)) return [];
    const detail = 'ComfyUI finished without handing over a picture, a file or a text.';
    return [{ what: 'There is a result', outcome: 'not-met', detail }];
  }
  const pictures = inspected.filter(({ output }) => output.kind === 'image');
  const byNode = Map.groupBy(pictures, ({ output }) => output.nodeId);
  return [...byNode].flatMap(([nodeId, own]) => checkNode(payload, nodeId, own));
}

function handsOverLive(payload: JsonObject): boolean {
  const nodes = Object.values(payload).filter(isJsonObject);
  return nodes.some((node) => node['class_type'] === LIVE_ONLY);
}

function checkNode(
  payload: JsonObject,
  nodeId: string,
  pictures: readonly InspectedOutput[],
): readonly Check[] {
  const expected = expectedPicture(payload, nodeId);
  const title = pictures[0]?.output.nodeTitle ?? nodeId;
  const checks: Check[] = [];
  const { width, height, count } = expected;
  if (count !== undefined) checks.push(countCheck(title, count, pictures.length));
  if (width !== undefined && height !== undefined) {
    checks.push(sizeCheck(title, { width, height }, pictures));
  }
  if (!expected.mayBeFlat) checks.push(contentCheck(title, pictures));
  return checks;
}

function countCheck(title: string, expected: number, found: number): Check {
  const what = `${title} has ${pictureCount(expected)}`;
  if (expected === found) return { what, outcome: 'met' };
  return { what, outcome: 'not-met', detail: `${title} has ${pictureCount(found)} instead.` };
}

function sizeCheck(
  title: string,
  expected: { readonly width: number; readonly height: number },
  pictures: readonly InspectedOutput[],
): Check {
  const what = `${title} is ${sizeText(expected)}`;
  const sizes = pictures.flatMap(({ facts }) => facts ?? []);
  const other = sizes.find(
    ({ width, height }) => width !== expected.width || height !== expected.height,
  );
  if (other !== undefined) {
    return { what, outcome: 'not-met', detail: `The picture is ${sizeText(other)}.` };
  }
  if (sizes.length === pictures.length) return { what, outcome: 'met' };
  return { what, outcome: 'unknown', detail: 'The picture could not be read.' };
}

function contentCheck(title: string, pictures: readonly InspectedOutput[]): Check {
  const what = `${title} shows something`;
  const facts = pictures.flatMap((picture) => picture.facts ?? []);
  const flat = facts.filter(({ contrast }) => contrast < FLAT_CONTRAST).length;
  if (flat > 0) {
    const detail =
      pictures.length === 1
        ? 'The picture is one flat colour. The VAE or the precision may not suit the model.'
        : `${pictureCount(flat)} of ${String(pictures.length)} came out as one flat colour.`;
    return { what, outcome: 'not-met', detail };
  }
  return { what, outcome: facts.length === pictures.length ? 'met' : 'unknown' };
}

/** "1 picture", "3 pictures". */
export function pictureCount(count: number): string {
  return count === 1 ? '1 picture' : `${String(count)} pictures`;
}

/** "1344×768". */
export function sizeText(size: { readonly width: number; readonly height: number }): string {
  return `${String(size.width)}×${String(size.height)}`;
}
