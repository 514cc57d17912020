import type { Resource, ResourceTemplateType } from '@modelcontextprotocol/server';
import { errorUri, sessionUri, uriTemplates } from './resource-uris.ts';

/** What can always be read: the artist's current session, and the troubleshooting pages. */
export const resources: readonly Resource[] = [
  {
    uri: sessionUri(undefined),
    name: 'session',
    title: 'Current session',
    description: 'What is open, what was said, proposed and rendered, the newest last.',
    mimeType: 'application/json',
  },
  {
    uri: sessionUri(undefined, 'workflow'),
    name: 'workflow',
    title: 'Current workflow',
    description: 'The open workflow as ComfyUI saves it.',
    mimeType: 'application/json',
  },
  {
    uri: sessionUri(undefined, 'payload'),
    name: 'payload',
    title: 'Current workflow, as it is sent',
    description: 'What ComfyUI would get for a render of the open workflow.',
    mimeType: 'application/json',
  },
  {
    uri: sessionUri(undefined, 'changes'),
    name: 'changes',
    title: 'Changes that wait for the artist',
    description: 'The diff of every change set that was proposed and not decided.',
    mimeType: 'application/json',
  },
  {
    uri: sessionUri(undefined, 'run'),
    name: 'run',
    title: 'Latest render',
    description: 'Where it stands, what it made, and whether that is what was asked for.',
    mimeType: 'application/json',
  },
  {
    uri: errorUri(),
    name: 'troubleshooting',
    title: 'What can go wrong',
    description: 'Every kind of trouble that has a page of its own.',
    mimeType: 'text/markdown',
  },
];

/** What can be read by name. */
export const resourceTemplates: readonly ResourceTemplateType[] = [
  {
    uriTemplate: uriTemplates.session,
    name: 'session-by-id',
    title: 'A session',
    mimeType: 'application/json',
  },
  {
    uriTemplate: uriTemplates.workflow,
    name: 'workflow-by-session',
    title: 'The workflow of a session',
    mimeType: 'application/json',
  },
  {
    uriTemplate: uriTemplates.payload,
    name: 'payload-by-session',
    title: 'The workflow of a session, as it is sent',
    mimeType: 'application/json',
  },
  {
    uriTemplate: uriTemplates.changes,
    name: 'changes-by-session',
    title: 'What waits for the artist in a session',
    mimeType: 'application/json',
  },
  {
    uriTemplate: uriTemplates.run,
    name: 'run-by-id',
    title: 'A render',
    mimeType: 'application/json',
  },
  {
    uriTemplate: uriTemplates.receipt,
    name: 'receipt-by-run',
    title: 'The receipt of a render',
    description:
      'Who asked, what was changed and sent, seeds, models, ComfyUI’s version, results with their SHA-256.',
    mimeType: 'application/json',
  },
  {
    uriTemplate: uriTemplates.output,
    name: 'output',
    title: 'A picture or file that a render made',
  },
  {
    uriTemplate: uriTemplates.node,
    name: 'node-class',
    title: 'What a node takes and gives',
    mimeType: 'application/json',
  },
  {
    uriTemplate: uriTemplates.error,
    name: 'troubleshooting-page',
    title: 'What to do about one kind of trouble',
    mimeType: 'text/markdown',
  },
];
