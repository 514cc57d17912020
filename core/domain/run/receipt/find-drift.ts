import type {
  Receipt,
  ReceiptClass,
  ReceiptInput,
  ReceiptModel,
  ReceiptOutput,
  ReceiptServer,
} from '../../../contract/run/receipt.schema.ts';
import { splitFlag } from './server-facts.ts';

/** One thing that is not as the receipt says; `what` names it, `sentence` tells both sides. */
export interface Drift {
  readonly subject: 'payload' | 'model' | 'input' | 'output' | 'server' | 'flags' | 'node-class';
  readonly kind: 'changed' | 'gone' | 'renamed';
  readonly what: string;
  readonly sentence: string;
}

/** What a look at a file found now. `unknown`: nobody could be asked. */
export type FileNow =
  | { readonly found: 'here'; readonly bytes?: number; readonly sha256?: string }
  | { readonly found: 'gone'; readonly renamedTo?: string }
  | { readonly found: 'unknown'; readonly why: string };

/** How things stand now, in the order of the receipt's own lists. */
export interface ReceiptNow {
  /** Of the payload that the receipt itself holds; null where it holds none. */
  readonly payloadDigest: string | null;
  /** Of the records in those pictures that have one. */
  readonly pictures: readonly { readonly filename: string; readonly payloadDigest: string }[];
  /** Undefined: no ComfyUI could be asked. */
  readonly server: ReceiptServer | undefined;
  readonly classes: readonly ReceiptClass[];
  readonly models: readonly FileNow[];
  readonly inputs: readonly FileNow[];
  readonly outputs: readonly FileNow[];
}

/** What differs, what could not be looked at, and how many things were compared. */
export interface DriftReport {
  readonly drift: readonly Drift[];
  readonly unchecked: readonly string[];
  readonly compared: number;
}

/** Compares a receipt with how things stand now. */
export function findDrift(receipt: Receipt, now: ReceiptNow): DriftReport {
  return together([
    comparePayload(receipt, now),
    ...receipt.models.map((model, index) => compareModel(model, now.models[index])),
    ...receipt.inputs.map((input, index) => compareFile('input', input, now.inputs[index])),
    ...receipt.outputs
      .filter(({ kind }) => kind !== 'text')
      .map((output) => compareOutput(output, now.outputs[receipt.outputs.indexOf(output)])),
    compareServer(receipt.server, now.server),
    ...(now.server === undefined ? [] : receipt.classes.map((own) => compareClass(own, now))),
  ]);
}

const same: DriftReport = { drift: [], unchecked: [], compared: 1 };

function differs(drift: Drift): DriftReport {
  return { drift: [drift], unchecked: [], compared: 1 };
}

function unchecked(sentence: string): DriftReport {
  return { drift: [], unchecked: [sentence], compared: 0 };
}

function together(parts: readonly DriftReport[]): DriftReport {
  return {
    drift: parts.flatMap(({ drift }) => drift),
    unchecked: parts.flatMap((part) => part.unchecked),
    compared: parts.reduce((sum, { compared }) => sum + compared, 0),
  };
}

function comparePayload({ payload }: Receipt, now: ReceiptNow): DriftReport {
  const { digest } = payload;
  if (digest === null) return unchecked('What was sent is not in the receipt.');
  const changed = (what: string, sentence: string): Drift => ({
    subject: 'payload',
    kind: 'changed',
    what,
    sentence,
  });
  const own =
    now.payloadDigest === null
      ? []
      : [
          now.payloadDigest === digest
            ? same
            : differs(
                changed(
                  'receipt',
                  'The workflow in the receipt is not the one that its fingerprint was taken of: the receipt was edited.',
                ),
              ),
        ];
  const pictures = now.pictures.map(({ filename, payloadDigest }) =>
    payloadDigest === digest
      ? same
      : differs(
          changed(filename, `“${filename}” was made by another workflow than the receipt’s.`),
        ),
  );
  return together([...own, ...pictures]);
}

function compareModel(model: ReceiptModel, now: FileNow | undefined): DriftReport {
  const { name, folder } = model;
  const drift = (kind: Drift['kind'], sentence: string): DriftReport =>
    differs({ subject: 'model', kind, what: name, sentence });
  const place = folder === null ? '' : ` in ${folder}`;
  if (now === undefined || now.found === 'unknown') {
    return unchecked(`The model “${name}” was not looked at: ${now?.why ?? 'nobody was asked'}.`);
  }
  if (now.found === 'gone') {
    return now.renamedTo === undefined
      ? drift('gone', `The model “${name}” is not${place} any more.`)
      : drift(
          'renamed',
          `The model “${name}” is called “${now.renamedTo}” now; it is the same file.`,
        );
  }
  if (differ(model.bytes, now.bytes)) {
    const sizes = `${String(now.bytes)} bytes instead of ${String(model.bytes)}`;
    return drift('changed', `The model “${name}” is another file now: ${sizes}.`);
  }
  if (differ(model.sha256, now.sha256)) {
    return drift('changed', `The model “${name}” has the same name and size, but other contents.`);
  }
  if (model.sha256 !== undefined && now.sha256 !== undefined) return same;
  const known = model.bytes === undefined || now.bytes === undefined ? 'name' : 'name and size';
  return {
    ...same,
    unchecked: [`Of the model “${name}” only the ${known} could be compared.`],
  };
}

function compareOutput(output: ReceiptOutput, now: FileNow | undefined): DriftReport {
  if (output.folder === 'temp' && now?.found === 'gone') {
    return unchecked(`The preview “${output.filename}” is gone; ComfyUI does not keep previews.`);
  }
  return compareFile('output', output, now);
}

const fileWords = { input: 'The input', output: 'The result' } as const;

function compareFile(
  subject: 'input' | 'output',
  then: ReceiptInput | ReceiptOutput,
  now: FileNow | undefined,
): DriftReport {
  const { filename } = then;
  const which = `${fileWords[subject]} “${filename}”`;
  if (now === undefined || now.found === 'unknown') {
    return unchecked(`${which} was not looked at: ${now?.why ?? 'nobody was asked'}.`);
  }
  if (now.found === 'gone') {
    return differs({ subject, kind: 'gone', what: filename, sentence: `${which} is gone.` });
  }
  if (then.sha256 === undefined || now.sha256 === undefined) {
    return unchecked(`${which} is there; its contents were not written down.`);
  }
  if (then.sha256 === now.sha256) return same;
  return differs({
    subject,
    kind: 'changed',
    what: filename,
    sentence: `${which} is there, but its contents are others.`,
  });
}

function compareServer(then: ReceiptServer, now: ReceiptServer | undefined): DriftReport {
  if (now === undefined) return unchecked('No ComfyUI could be asked for its version and nodes.');
  if (then.comfyVersion === undefined) {
    return unchecked('Which ComfyUI rendered it was not written down.');
  }
  const facts = [
    ['ComfyUI', then.comfyVersion, now.comfyVersion],
    ['Python', then.pythonVersion, now.pythonVersion],
    ['PyTorch', then.torchVersion, now.torchVersion],
    ['The graphics card', cardOf(then), cardOf(now)],
  ] as const;
  return together([
    ...facts.map(([what, was = '', is = '']) =>
      was === is
        ? same
        : differs({
            subject: 'server',
            kind: 'changed',
            what,
            sentence: `${what} was ${was || 'unknown'}, it is ${is || 'unknown'} now.`,
          }),
    ),
    compareFlags(then.flags ?? [], now.flags ?? []),
  ]);
}

function cardOf({ devices }: ReceiptServer): string {
  return devices.map(({ name }) => name).join(', ');
}

/** Where it listens, what it logs and what its page looks like: nothing of this reaches a picture. */
const HARMLESS =
  /^--(?:listen|port|tls-|enable-cors-header|max-upload-size|auto-launch|disable-auto-launch|front-end|verbose|log-stdout|database-url|user-directory|input-directory|output-directory|temp-directory|base-directory|extra-model-paths-config|preview-|enable-manager|multi-user|enable-compress|dont-print-server|quick-test|windows-standalone)/;

function compareFlags(then: readonly string[], now: readonly string[]): DriftReport {
  const [was, is] = [groupFlags(then), groupFlags(now)];
  const removed = was.filter((flag) => !is.includes(flag));
  const added = is.filter((flag) => !was.includes(flag));
  if (removed.length === 0 && added.length === 0) return same;
  const words = [
    ...(added.length === 0 ? [] : [`with ${added.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`without ${removed.join(', ')}`]),
  ];
  return differs({
    subject: 'flags',
    kind: 'changed',
    what: [...added, ...removed].join(', '),
    sentence: `ComfyUI is started ${words.join(' and ')} now.`,
  });
}

/** Each flag with its values as one text; those that no picture depends on are left out. */
function groupFlags(flags: readonly string[]): readonly string[] {
  const groups: string[] = [];
  for (const argument of flags) {
    if (argument.startsWith('--')) groups.push(splitFlag(argument).filter(Boolean).join(' '));
    else groups.push([groups.pop() ?? '', argument].join(' ').trim());
  }
  return groups.filter((group) => !HARMLESS.test(group));
}

function compareClass(then: ReceiptClass, now: ReceiptNow): DriftReport {
  const { classType } = then;
  const found = now.classes.find((candidate) => candidate.classType === classType);
  const drift = (kind: Drift['kind'], sentence: string): DriftReport =>
    differs({ subject: 'node-class', kind, what: classType, sentence });
  if (found?.digest === undefined) {
    const pack = packOf(then);
    return drift('gone', `The node “${classType}”${pack} is not installed in this ComfyUI.`);
  }
  if (then.digest === undefined) return unchecked(`What “${classType}” looked like is not known.`);
  if (then.digest === found.digest) return same;
  return drift(
    'changed',
    `The node “${classType}”${packOf(found)} has other settings or slots than when this was rendered.`,
  );
}

function packOf({ module }: ReceiptClass): string {
  return module?.startsWith('custom_nodes.') === true
    ? ` of ${module.slice('custom_nodes.'.length)}`
    : '';
}

function differ<T>(then: T | undefined, now: T | undefined): boolean {
  return then !== undefined && now !== undefined && then !== now;
}
