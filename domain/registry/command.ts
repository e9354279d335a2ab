import { type Static, type TObject, type TProperties, Type } from 'typebox';
import type { InstallationRole, Role } from '../basics.ts';
import type { Draft } from '../draft.ts';
import { strict } from './fields.ts';

/** What a command changes, under the name by which the API gives it back. */
export type ResourceName = 'program' | 'task' | 'audit' | 'finding' | 'certificate';

/** Where people find a command: an address below the program, and what is done there. `api/` makes it a call. */
export interface Address {
  /** `create`: a new thing; `act`: something is done; `replace`, `change`, `remove`: to what stands at the address. */
  does: 'create' | 'act' | 'replace' | 'change' | 'remove';
  /** Its parameters are fields of the payload: `/tasks/:taskId/acknowledge`. */
  path: string;
  /** Fields of the payload whose parameter has another name, by their name in the payload. */
  renamed?: Record<string, string>;
  gives?: ResourceName;
}

/** Moments in the life of the sample program at which the examples of commands can be sent; see `test/support/moments.ts`. */
export type SampleMoment =
  | 'planned'
  | 'gapAssessment'
  | 'gapAssessmentRated'
  | 'implementation'
  | 'incidentReported'
  | 'evidenceSubmitted'
  | 'delegated'
  | 'paused'
  | 'internalAuditPlanned'
  | 'internalAuditUnderWay'
  | 'stage1Planned'
  | 'stage2UnderWay'
  | 'findingRaised'
  | 'enteredOnBehalf'
  | 'planSubmitted'
  | 'planAccepted'
  | 'actionDone'
  | 'decisionDue'
  | 'certified'
  | 'suspended'
  | 'suspensionRecommended'
  | 'lapsedAfterRecertification'
  | 'adopted';

/** A command that can be sent as it stands: to the sample program at a moment, by somebody of a role. */
export interface Example<P> {
  at: SampleMoment;
  by: Role;
  payload: P;
}

/** Something that people ask of a program. */
export interface CommandSpec<P extends TProperties> {
  /** What it does, in a few words: `Say when it is expected`. */
  summary: string;
  payload: P;
  /** Whose holders may send it; a rule inside `decide` may narrow it (R8, R9). */
  roles: readonly Role[];
  /** Who may send it beside them, without a role in the program. */
  installationRoles?: readonly InstallationRole[];
  /** Whether it may be sent to a program that was closed or cancelled. */
  evenEnded?: boolean;
  address: Address;
  /** Shown in docs/commands.md, and sent by a test. */
  example: Example<Static<TObject<P>>>;
  /** Emits records into the draft, or refuses by throwing `Refused`. */
  decide(draft: Draft, payload: Static<TObject<P>>): void;
}

/** A type of command: its name, and all that is known of it. */
export interface CommandDefinition<T extends string = string, P extends TProperties = TProperties>
  extends Omit<CommandSpec<P>, 'payload'> {
  type: T;
  payload: TObject<P>;
}

/** Defines a type of command. It gets a line in `domain/registry.ts`. */
export function command<const T extends string, P extends TProperties>(
  type: T,
  { payload, ...spec }: CommandSpec<P>,
): CommandDefinition<T, P> {
  return { type, payload: Type.Object(payload, strict), ...spec };
}

/** What a program tells itself: its start, the steps of its story, its clock. Nobody else may send it. */
export interface StepDefinition<T extends string = string, P extends object = object> {
  type: T;
  decide(draft: Draft, payload: P): void;
}

/** Defines a step of a program's own. It gets a line in `domain/registry.ts`. */
export function step<P extends object = Record<never, never>>() {
  return <const T extends string>(type: T, decide: (draft: Draft, payload: P) => void): StepDefinition<T, P> => ({
    type,
    decide,
  });
}
