// Says what is wrong when Node is too old to run TypeScript itself, instead of failing on a file name.
// Usage: node build/launch.js <script beside this file> [arguments]
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Second Unit needs Node 22.18 or newer; this is ${process.versions.node}. See https://nodejs.org/en/download`,
  );
  // Installing must not fail over it: `npm ci` on an old Node ends here with the sentence above.
  process.exitCode = process.env.npm_lifecycle_event === 'prepare' ? 0 : 1;
} else {
  await import(new URL(process.argv[2], import.meta.url).href);
}
