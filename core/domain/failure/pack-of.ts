/**
 * The node pack whose code a traceback runs through last, by its folder's name; undefined when only ComfyUI's
 * own code is in it.
 */
export function packOf(traceback: string): string | undefined {
  const frames = [...traceback.matchAll(/custom_nodes[\\/]+([^\\/"'\s]+)/g)];
  const name = frames.at(-1)?.[1]?.replace(/\.py$/, '');
  return name === undefined || name === '' ? undefined : name;
}
