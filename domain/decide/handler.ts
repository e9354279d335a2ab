import type { CommandMap, SystemCommandMap } from '../types/index.ts';
import type { Draft } from './draft.ts';

type All = CommandMap & SystemCommandMap;

/** How each type of command is decided: it emits records into the draft, or refuses by throwing `Rejected`. */
export type Deciders<T extends keyof All> = { [K in T]: (draft: Draft, command: All[K]) => void };
