// The import rule of docs/architecture.md, one rule per arrow. Read by build/gates/check-architecture.ts.
const TEST = '[.]test(-d)?[.]tsx?$';
const PURE = '^core/(base|contract|domain|ports|tools)/';

/** Modules under `from` may import, of our own code, only what matches `may`. */
const layer = (name, from, may) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { path: '^(core|electron|renderer|tests|e2e|build)/', pathNot: may },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    layer('base-stands-alone', '^core/base/', '^core/base/'),
    layer('contract-sees-base', '^core/contract/', '^core/(base|contract)/'),
    layer('domain-sees-contract', '^core/domain/', '^core/(base|contract|domain)/'),
    layer('ports-see-domain', '^core/ports/', '^core/(base|contract|domain|ports)/'),
    layer('tools-see-ports', '^core/tools/', '^core/(base|contract|domain|ports|tools)/'),
    layer(
      'agent-never-sees-shell',
      '^core/agent/',
      '^core/(base|contract|domain|ports|tools|agent)/',
    ),
    layer('shell-never-sees-agent', '^core/shell/', '^core/(base|contract|domain|ports|shell)/'),
    layer('mcp-sees-tools', '^core/mcp/', '^core/(base|contract|domain|ports|tools|mcp)/'),
    layer('practice-stands-beside', '^core/practice/', '^core/(base|contract|domain|practice)/'),
    layer(
      'renderer-sees-contract-and-domain',
      '^renderer/',
      '^(renderer/|core/(base|contract|domain)/)',
    ),
    layer('main-sees-contract', '^electron/main/', '^(electron/main/|core/(base|contract)/)'),
    layer(
      'preload-sees-contract',
      '^electron/preload/',
      '^(electron/preload/|core/(base|contract)/)',
    ),
    {
      name: 'core-stands-without-its-windows',
      severity: 'error',
      from: { path: '^core/', pathNot: TEST },
      to: { path: '^(electron|renderer|tests|e2e|build)/' },
    },
    {
      name: 'pure-npm-is-zod-only',
      severity: 'error',
      from: { path: PURE, pathNot: TEST },
      to: {
        dependencyTypes: [
          'npm',
          'npm-dev',
          'npm-optional',
          'npm-peer',
          'npm-no-pkg',
          'npm-unknown',
        ],
        pathNot: '^node_modules/zod/',
      },
    },
    {
      name: 'mcp-npm-is-mcp-and-zod',
      severity: 'error',
      from: { path: '^core/mcp/', pathNot: TEST },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'],
        pathNot: '^node_modules/(zod|@modelcontextprotocol/server)/',
      },
    },
    {
      name: 'pure-no-node-builtins',
      severity: 'error',
      from: { path: PURE, pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-no-node-builtins',
      severity: 'error',
      from: { path: '^renderer/', pathNot: `${TEST}|^renderer/vite[.]config[.]ts$` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-only-in-electron',
      severity: 'error',
      from: { pathNot: '^(electron|e2e|tests)/' },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    {
      name: 'tool-files-do-not-import-each-other',
      severity: 'error',
      from: { path: '^core/tools/.+[.]tool[.]ts$' },
      to: { path: '^core/tools/.+[.]tool[.]ts$' },
    },
    {
      name: 'product-does-not-ship-tests',
      severity: 'error',
      from: { path: '^(core|electron|renderer)/', pathNot: TEST },
      to: { path: `(${TEST})|^(tests|e2e)/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
