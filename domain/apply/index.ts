import { standardOutline } from '../standards/outline.ts';
import type { ProgramDefinition, ProgramRecord, ProgramState, RecordType } from '../types/index.ts';
import { auditAppliers } from './audits.ts';
import { certificateAppliers } from './certificate.ts';
import { type Appliers, metaOf } from './handler.ts';
import { programAppliers } from './program.ts';
import { taskAppliers } from './tasks.ts';

const appliers: Appliers<Exclude<RecordType, 'ProgramStarted'>> = {
  ...programAppliers,
  ...taskAppliers,
  ...auditAppliers,
  ...certificateAppliers,
};

/**
 * The state after a record. Never refuses: what is recorded has happened. Throws only when the records do not belong
 * together (a gap in the sequence, a first record that is not the start), which is a damaged register.
 */
export function apply(state: ProgramState | undefined, record: ProgramRecord): ProgramState {
  const expected = (state?.seq ?? 0) + 1;
  if (record.seq !== expected) {
    throw new Error(`Record ${record.seq} does not follow record ${expected - 1}; run certloop verify.`);
  }
  if (!state) return started(record);
  if (record.type === 'ProgramStarted') throw new Error(`Record ${record.seq} starts ${state.id} a second time.`);
  if (!Object.hasOwn(appliers, record.type)) {
    throw new Error(
      `Record ${record.seq} of ${state.id} is ${record.type}, which this version does not know; run a newer.`,
    );
  }
  const applier = appliers[record.type] as (state: ProgramState, data: unknown, meta: unknown) => ProgramState;
  return { ...applier(state, record.data, metaOf(state, record)), seq: record.seq };
}

/** The state of a program: the fold of its records, beginning with the first, or after those of `from`. */
export function fold(records: ProgramRecord[], from?: ProgramState): ProgramState {
  const state = records.reduce<ProgramState | undefined>(apply, from);
  if (!state) throw new Error('A program without records has no state.');
  return state;
}

function started(record: ProgramRecord): ProgramState {
  if (record.type !== 'ProgramStarted') throw new Error(`The first record is ${record.type}, not ProgramStarted.`);
  return emptyState(record.data.definition);
}

function emptyState(definition: ProgramDefinition): ProgramState {
  const { certificationBody, aiSystems, adopt: _, ...rest } = definition;
  const { requirements } = standardOutline(definition.standard.id);
  return {
    ...rest,
    body: certificationBody,
    aiSystems: Object.fromEntries(aiSystems.map((system) => [system.id, system])),
    status: 'planned',
    phase: 'gapAssessment',
    phaseStartedOn: definition.plan.startsOn,
    phasePlanned: false,
    auditsFrom: 0,
    formerPlans: [],
    pauses: [],
    waivedRounds: {},
    requirements: Object.fromEntries(requirements.map(({ id }) => [id, {}])),
    applicability: {},
    soaVersion: 0,
    tasks: {},
    audits: {},
    findings: {},
    reviews: [],
    counters: {},
    seq: 1,
  };
}
