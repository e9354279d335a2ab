/**
 * An id for a program that was given none: its name as far as an address can carry it, and something of the command
 * id, so that the same start sent again means the same program.
 */
export function programIdOf(name: string, commandId: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  const slug = plain.slice(0, 48).replace(/-+$/, '') || 'program';
  return `${slug}-${commandId.replaceAll('-', '').slice(0, 8)}`;
}
