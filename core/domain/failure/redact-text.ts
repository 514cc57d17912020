const HIDDEN = '[hidden]';
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  [/([?&#](?:token|key|api_key|access_token|auth)=)[^&#\s"']+/gi, `$1${HIDDEN}`],
  // api_key: "…", 'auth_token_comfy_org': '…'
  [
    /((?:api[-_]?key|auth[-_]?token|access[-_]?token|password|passwd|secret)\w*["']?\s*[:=]\s*["']?)[^\s"',;&)}\]]+/gi,
    `$1${HIDDEN}`,
  ],
  // user:password@host
  [/(\/\/)[^/\s@"']+@/g, `$1${HIDDEN}@`],
  [/\b(sk|hf|ghp|gho|github_pat|comfyui|xox[abp]|AKIA)[-_]?[A-Za-z0-9_-]{16,}/g, HIDDEN],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, HIDDEN],
];

/** The text without anything that lets somebody in: keys, tokens, passwords in addresses. */
export function redactSecrets(text: string): string {
  return SECRETS.reduce((rest, [pattern, hidden]) => rest.replace(pattern, hidden), text);
}

/**
 * The text without secrets and without folders of somebody's machine, which also name the user; a file keeps
 * its own name, because that is what an artist knows it by.
 */
export function redactText(text: string): string {
  return redactPaths(redactSecrets(text));
}

/** "C:\Users\anna\models\x.safetensors" → "x.safetensors"; addresses on the web and relative names stay. */
export function redactPaths(text: string): string {
  return (
    text
      // In quotes a path may hold spaces.
      .replace(
        /(["'“])(?:[A-Za-z]:[\\/]|\\\\|\/(?=[^/\s"'”]+\/)|~\/)[^"'”\n]*?([^\\/"'”\n]*)(["'”])/g,
        '$1$2$3',
      )
      .replace(/(^|[^\w])[A-Za-z]:(?:[\\/][^\\/:*?"'<>|\n]+)*[\\/]([^\\/:*?"'<>|\n\s]+)/g, '$1$2')
      .replace(/(^|[\s"'(=])\\\\(?:[^\\\s"'<>|]+\\)+([^\\\s"'<>|]+)/g, '$1$2')
      .replace(/(^|[\s"'(=:[,])(?:file:\/\/|~)?(?:\/[^/\s"']+)+\/([^/\s"']+)/g, '$1$2')
      .replace(/(\b(?:user|username|login|host)\s*[:=]\s*)\S+/gi, `$1${HIDDEN}`)
  );
}
