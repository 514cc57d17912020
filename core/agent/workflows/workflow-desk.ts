import { type Result, err, ok } from '../../base/result.ts';
import { type AppError, appError } from '../../contract/errors.ts';
import type { WorkflowDocument } from '../../domain/workflow/document.ts';
import { readPictureMetadata } from '../../domain/workflow/metadata/read-picture-metadata.ts';
import { parseWorkflow } from '../../domain/workflow/parse-workflow.ts';
import { serializeWorkflow } from '../../domain/workflow/serialize-workflow.ts';
import type { Files } from '../../ports/files.ts';
import type { ChangeSetDesk } from './change-set-desk.ts';
import { openDocument } from './open-document.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** A template that ships with the product. */
export interface Template {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly text: string;
}

/** Where a workflow can come from. */
export type WorkflowSource =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'picture'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'template'; readonly name: string };

/** Opens and saves workflows in sessions. */
export interface WorkflowDesk {
  readonly templates: readonly Template[];
  open(
    store: SessionStore,
    source: WorkflowSource,
  ): Promise<Result<{ readonly document: WorkflowDocument; readonly revision: number }, AppError>>;
  /** Without a path: where it came from, else the workflow folder. A file of another workflow is only replaced when told to. */
  save(
    store: SessionStore,
    path?: string,
    overwrite?: boolean,
  ): Promise<Result<{ readonly path: string }, AppError>>;
}

interface WorkflowDeskParts {
  readonly files: Files;
  readonly templates: readonly Template[];
  readonly changeSets: ChangeSetDesk;
  /** Where workflows go that were never saved. */
  readonly workflowFolder: string;
}

/** Larger than any workflow seen; a picture may carry one and is larger itself. */
const JSON_LIMIT = 32 * 1024 * 1024;
const PICTURE_LIMIT = 128 * 1024 * 1024;
const PICTURE = /\.(png|webp)$/i;

/** Makes the desk. */
export function createWorkflowDesk({
  files,
  templates,
  changeSets,
  workflowFolder,
}: WorkflowDeskParts): WorkflowDesk {
  const read = async (source: WorkflowSource): Promise<Result<WorkflowDocument, AppError>> => {
    switch (source.kind) {
      case 'text':
        return source.text.length > JSON_LIMIT
          ? err(tooLarge(source.name, source.text.length, JSON_LIMIT))
          : parseWorkflow(source.text);
      case 'picture':
        return readPicture(source.name, source.bytes);
      case 'template': {
        const template = templates.find(({ name }) => name === source.name);
        const known = templates.map(({ name }) => name);
        return template === undefined
          ? err(appError('workflow/unknown-template', { name: source.name, known }))
          : parseWorkflow(template.text);
      }
      case 'path':
        return readWorkflowFile(files, source.path);
    }
  };
  return {
    templates,
    open: async (store, source) => {
      const document = await read(source);
      if (!document.ok) return document;
      const { format, root, source: text } = document.value;
      const isFile = source.kind === 'path' && !PICTURE.test(source.path);
      store.dispatch({
        type: 'workflow/loaded',
        name: nameOf(source, templates),
        path: isFile ? source.path : null,
        format,
        document: root,
        ...(text === undefined ? {} : { source: text }),
      });
      changeSets.markStale(store);
      const saved = await store.saved();
      if (!saved.ok) return saved;
      return ok({ document: document.value, revision: store.state.workflow?.revision ?? 0 });
    },
    save: async (store, path, overwrite = false) => {
      const document = openDocument(store.state);
      if (!document.ok) return document;
      const { workflow } = store.state;
      const target =
        path ?? workflow?.path ?? `${workflowFolder}/${workflow?.name ?? 'workflow'}.json`;
      if (!overwrite && target !== workflow?.path && (await files.exists(target))) {
        const reason = 'a file of that name is already there';
        return err(appError('file/unwritable', { path: target, reason }));
      }
      const revision = workflow?.revision ?? 0;
      const bytes = new TextEncoder().encode(serializeWorkflow(document.value));
      const written = await files.write(target, bytes);
      if (!written.ok) return written;
      const name = fileName(written.value.path);
      store.dispatch({ type: 'workflow/saved', path: written.value.path, name, revision });
      await store.saved();
      return written;
    },
  };
}

/** Reads a workflow from a .json file or out of a picture that ComfyUI saved. */
export async function readWorkflowFile(
  files: Files,
  path: string,
): Promise<Result<WorkflowDocument, AppError>> {
  const isPicture = PICTURE.test(path);
  const bytes = await files.read(path, isPicture ? PICTURE_LIMIT : JSON_LIMIT);
  if (!bytes.ok) return bytes;
  return isPicture
    ? readPicture(path, bytes.value)
    : parseWorkflow(new TextDecoder().decode(bytes.value));
}

function readPicture(name: string, bytes: Uint8Array): Result<WorkflowDocument, AppError> {
  if (bytes.byteLength > PICTURE_LIMIT) return err(tooLarge(name, bytes.byteLength, PICTURE_LIMIT));
  const metadata = readPictureMetadata(bytes);
  const text = metadata?.workflow ?? metadata?.prompt;
  return text === undefined ? err(appError('workflow/no-metadata', { name })) : parseWorkflow(text);
}

function tooLarge(path: string, bytes: number, limit: number): AppError {
  return appError('file/too-large', { path, bytes, limit });
}

function nameOf(source: WorkflowSource, templates: readonly Template[]): string {
  if (source.kind === 'path') return fileName(source.path);
  if (source.kind !== 'template') return source.name.replace(/\.json$/i, '');
  return templates.find(({ name }) => name === source.name)?.title ?? source.name;
}

/** The last part of a path of any platform, without ".json". */
function fileName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.json$/i, '');
}
