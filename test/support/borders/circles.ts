import type { Imports } from './imports.ts';

/** Files that import each other, directly or through others; each circle in alphabetical order (Tarjan's algorithm). */
export function circles(imports: Imports): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];

  function visit(file: string): number {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const other of imports.get(file) ?? []) {
      if (!order.has(other)) lower(file, visit(other));
      else if (open.includes(other)) lower(file, order.get(other)!);
    }
    if (lowest.get(file) === order.get(file)) {
      const together = open.splice(open.indexOf(file));
      if (together.length > 1) found.push(together.sort());
    }
    return lowest.get(file)!;
  }

  function lower(file: string, reached: number): void {
    lowest.set(file, Math.min(lowest.get(file)!, reached));
  }

  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found.sort();
}
