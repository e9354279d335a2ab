import { bodyRoles, type Role } from '../../domain/basics.ts';
import type { NoticeOf } from '../../domain/notices.ts';
import { aheadDays, graceDays } from '../../domain/people/standing.ts';
import { roleLabels } from '../labels.ts';
import { list } from '../phrases.ts';
import { openProgram } from './actions.ts';
import type { WordsOfNotices } from './noticeWords.ts';
import type { Context, Detail, Entry } from './types.ts';
import { day, sentence } from './words.ts';

/** What a mail says of who takes part, and of who answers for whom. */
export const peopleNotices = {
  invited: { entry: invited },
  partEnded: { entry: partEnded },
  putInCharge: { entry: putInCharge },
  requirementsOwned: { entry: requirementsOwned },
  delegated: { entry: delegated },
  delegationEnded: { entry: delegationEnded },
} satisfies Partial<WordsOfNotices>;

/** The body's people come and go with their audits. */
const guest: Detail = {
  label: 'How long',
  text: `You are a guest of your audits: you get in from ${aheadDays} days before an audit until ${graceDays} days after everything that is yours to do.`,
};

/** What somebody of a role is asked. */
const asksOf: Record<Role, string> = {
  sponsor: 'As the sponsor, you hear of tasks that stay overdue, and you can review evidence.',
  topManagement: 'As top management, you hear of what stays overdue longest, and you review the management system.',
  programManager: 'As a program manager, you plan the work, review evidence, and hear of whatever is late.',
  owner: 'As an owner, you answer for requirements: you get tasks with a due date, and submit evidence for them.',
  consultant: 'As a consultant, you rate requirements and review evidence.',
  internalAuditor: 'As an internal auditor, you audit what you do not own, raise findings and verify what was done.',
  viewer: 'As a viewer, you can look, and nothing is asked of you.',
  leadAuditor: 'As the lead auditor, you agree on dates, lead the audits, and record findings and outcomes.',
  auditor: 'As an auditor, you raise findings in your audits and verify what was done.',
  decisionMaker: 'As the decision maker, you decide on certification from the audits, on none of whose teams you were.',
};

function invited({ program, roles, again }: NoticeOf<'invited'>, context: Context): Entry {
  const as = list(roles.map((role) => roleLabels[role]));
  return {
    group: 'news',
    name: again ? 'Your part in the program' : 'You take part in the program',
    state: again ? `now as ${as}` : `as ${as}`,
    ...(again ? {} : { welcomes: true as const, subject: `You take part in ${program}, as ${as}` }),
    lead: [
      { label: 'What you will be asked', list: roles.map((role) => asksOf[role]) },
      {
        label: 'Where to look',
        text: 'Each task comes by mail, with a link to the page on which you answer it. The program shows the rest.',
      },
      ...(roles.some((role) => bodyRoles.includes(role)) ? [guest] : []),
    ],
    action: openProgram(context),
    details: [],
  };
}

function partEnded({ program, reason }: NoticeOf<'partEnded'>): Entry {
  return {
    group: 'news',
    name: 'Your part in the program',
    state: 'has ended',
    subject: `Your part in ${program} has ended`,
    lead: [
      ...why(reason),
      { label: 'What it means', text: 'You are asked for nothing more here. What was open went to somebody else.' },
    ],
    details: [],
  };
}

function putInCharge({ program, names, by, reason }: NoticeOf<'putInCharge'>, context: Context): Entry {
  return {
    group: 'news',
    name: 'Who manages the program',
    state: `now ${list(names)}`,
    subject: `${list(names)} ${names.length === 1 ? 'manages' : 'manage'} ${program} now`,
    lead: [
      ...why(reason),
      { label: 'Who said so', text: sentence(by) },
      {
        label: 'What it means',
        text: 'What fell to the program managers before falls to them. Nothing is asked of you by this.',
      },
    ],
    action: openProgram(context),
    details: [],
  };
}

function requirementsOwned({ requirements }: NoticeOf<'requirementsOwned'>, context: Context): Entry {
  const names = requirements.map((id) => `${id} ${context.requirement(id)?.title ?? ''}`.trim());
  return {
    group: 'news',
    name: 'Requirements',
    state: 'you own more of them now',
    lead: [
      { label: 'Yours from now on', list: names },
      { label: 'What it means', text: 'You answer for them: what they need in the future is asked of you.' },
    ],
    action: openProgram(context),
    details: [],
  };
}

function delegated(item: NoticeOf<'delegated'>, context: Context): Entry {
  const { name, deputyName, startsOn, endsOn, reason, as } = item;
  const days = { label: 'When', text: `From ${day(startsOn)} through ${day(endsOn)}.` };
  if (as === 'away') {
    const meaning = `${deputyName} can answer your tasks meanwhile and is told what you are told. They stay your tasks.`;
    return {
      group: 'news',
      name: 'Your absence',
      state: `${deputyName} is your deputy`,
      lead: [days, ...why(reason), { label: 'What it means', text: meaning }],
      action: openProgram(context),
      details: [],
    };
  }
  return {
    group: 'news',
    name: `You are the deputy of ${name}`,
    state: `while ${name} is away`,
    subject: `You are the deputy of ${name} from ${day(startsOn)} through ${day(endsOn)}`,
    lead: [
      days,
      ...why(reason),
      {
        label: 'What you will be asked',
        text: `You get the mails about ${name}'s tasks, and can submit evidence, say when it is expected, or decline. Review and decide only what your own roles allow.`,
      },
    ],
    action: openProgram(context),
    details: [],
  };
}

const endings: Record<NoticeOf<'delegationEnded'>['why'], string> = {
  over: 'The absence is over.',
  early: 'The absence was ended early.',
  left: 'One of the two cannot answer tasks any longer.',
};

function delegationEnded(item: NoticeOf<'delegationEnded'>, context: Context): Entry {
  const { name, deputyName, as, why: ending } = item;
  const isAlone = as === 'away' && ending === 'left';
  return {
    group: 'news',
    name: as === 'away' ? 'Your absence' : `You were the deputy of ${name}`,
    state: as === 'away' ? `${deputyName} is no longer your deputy` : 'that has ended',
    lead: [
      { text: endings[ending] },
      ...(isAlone ? [{ label: 'What you can do', text: 'Name another deputy if you are still away.' }] : []),
    ],
    action: openProgram(context),
    details: [],
  };
}

function why(reason: string | undefined): Detail[] {
  return reason ? [{ label: 'Why', quote: sentence(reason) }] : [];
}
