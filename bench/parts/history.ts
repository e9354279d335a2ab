import { workflowIdOf } from '../../workflows/messages.ts';
import { type Bed, startHome } from '../bed.ts';
import { type People, type Prepared, prepareAll } from '../programs.ts';
import { atMost, type Row } from '../report.ts';
import { sizes } from '../sizes.ts';
export async function history(bed: Bed): Promise<Row[]> {
  return [await perCommand(bed)];
}
async function perCommand(bed: Bed): Promise<Row> {
  const home = await startHome(bed);
  void home;
  void prepareAll;
  void sizes;
  void atMost;
  void workflowIdOf;
  return atMost('x', 1, 2) as Row & { p?: People; q?: Prepared };
}
