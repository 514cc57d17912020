/** Scenarios that ask for something that a server need not have, and why this one does not have it. */
export const notApplicable: Readonly<Record<string, string>> = {
  'server-sse-polling':
    'Taking up a broken stream where it ended is optional. The core keeps no copy of what it sent: a client reads the session, which has everything.',
  'http-custom-header-server-validation':
    'It needs a tool that mirrors an argument in a header of its own (x-mcp-header). No tool of ours does. The standard headers are checked: http-header-validation.',
  ...Object.fromEntries(
    [
      'lifecycle',
      'capability-negotiation',
      'wire-fields',
      'request-state-removal',
      'mrtr-input',
      'request-headers',
      'dispatch-and-envelope',
      'status-notifications',
      'required-task-error',
      'mrtr-composition',
    ].map((name) => [
      `tasks-${name}`,
      'The extension io.modelcontextprotocol/tasks is optional. Long work reports progress and can be cancelled instead.',
    ]),
  ),
};
