// `npm run build:mcpb`: dist/second-unit.mcpb, the bundle that Claude Desktop installs by double click.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tools } from '../core/tools/registry.ts';
import { buildBridge } from './build-bridge.ts';

const root = join(import.meta.dirname, '..');
const packer = join(root, 'node_modules', '@anthropic-ai', 'mcpb', 'dist', 'cli', 'cli.js');

/** Stages, validates and packs the bundle with the official packer; returns its path. */
export async function buildMcpb(target = join(root, 'dist', 'second-unit.mcpb')): Promise<string> {
  await buildBridge();
  const staged = join(root, 'out', 'mcpb');
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(join(staged, 'server'), { recursive: true });
  copyFileSync(join(root, 'out', 'mcp', 'bridge.js'), join(staged, 'server', 'bridge.mjs'));
  copyFileSync(join(root, 'resources', 'icons', 'app.png'), join(staged, 'icon.png'));
  copyFileSync(join(root, 'LICENSE'), join(staged, 'LICENSE'));
  const manifest = join(staged, 'manifest.json');
  writeFileSync(manifest, `${JSON.stringify(describeBundle(readVersion()), null, 2)}\n`);
  mkdirSync(join(target, '..'), { recursive: true });
  pack(['validate', manifest]);
  pack(['pack', staged, target]);
  return target;
}

/** The bundle's manifest, in the packer's format 0.3. */
export function describeBundle(version: string): Readonly<Record<string, unknown>> {
  return {
    manifest_version: '0.3',
    name: 'second-unit',
    display_name: 'Second Unit',
    version,
    description: 'The co-pilot for artists who work in ComfyUI, in the same session as the app.',
    long_description:
      'Reads the workflow that is open in Second Unit, explains it, finds what is wrong or missing, and proposes changes and renders. ' +
      'Nothing is changed or rendered until you accept it in Second Unit. The app has to be installed.',
    author: { name: 'The Second Unit developers' },
    license: 'MIT',
    icon: 'icon.png',
    keywords: ['comfyui', 'vfx', 'images', 'workflow'],
    server: {
      type: 'node',
      entry_point: 'server/bridge.mjs',
      mcp_config: {
        command: 'node',
        args: ['${__dirname}/server/bridge.mjs', '--surface', '${user_config.surface}'],
        env: {},
      },
    },
    user_config: {
      surface: {
        type: 'string',
        title: 'Which tools',
        description:
          'default: the usual ones. full: every tool. compact: three tools that find the others.',
        default: 'default',
        required: false,
      },
    },
    tools: tools.map(({ name, title }) => ({ name, description: title })),
    tools_generated: true,
    prompts_generated: true,
    compatibility: {
      platforms: ['darwin', 'win32', 'linux'],
      runtimes: { node: '>=20' },
    },
  };
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}

function pack(args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [packer, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The packer refused (${args[0] ?? ''}): ${stdout}${stderr}`);
}

if (process.argv[1] === import.meta.filename) {
  console.log(`${await buildMcpb()} is ready and validated.`);
}
