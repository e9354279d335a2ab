import type { Row } from '../report.ts';
export async function rehearsal(): Promise<Row[]> {
  return [];
}
