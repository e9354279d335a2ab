/** A path of these pages, as it came from outside; the start page where it leads elsewhere. */
export function localPath(path: string | undefined): string {
  if (!path || !/^\/(?![/\\])/.test(path)) return '/';
  // Control characters are dropped by browsers, so that `/\t/elsewhere` would lead elsewhere.
  return [...path].some((character) => character.charCodeAt(0) < 0x20) ? '/' : path.slice(0, 2_000);
}
