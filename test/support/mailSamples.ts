import type { NoticeItem, ProgramEvent } from '../../domain/notices.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { renderMail, renderParts } from '../../words/mail/render.ts';
import { invitationMail, signInMail } from '../../words/mail/signIn.ts';
import type { RenderedMail } from '../../words/mail/types.ts';
import { carriedSayings } from '../../words/sayings/carried.ts';
import { aMail, aTaskInMail } from './mails.ts';
import { noticeSamples } from './noticeSamples.ts';

const publicUrl = 'https://certloop.example.org';
const options = { pages: plainPages(publicUrl), standardId: 'iso-42001-2023' };
const digest = (...notices: NoticeItem[]) => renderMail(aMail(1, { notices }), options);
const urgent = (item: NoticeItem) => renderMail(aMail(1, { kind: 'urgent', notices: [item] }), options);
const { taskOpened, taskReminder, progress, findingRaised, evidenceToReview, deadlineMissed } = noticeSamples;

/** A task with the longest words that people type. */
const longTitle =
  'Datenschutz-Folgenabschätzung und Auswirkungsprüfung für das Bewerbermanagementsystem 認証プログラム';
const long = aTaskInMail({ id: 'T-40', title: longTitle, requirementId: 'A.5.4', dueOn: '2031-03-03' });

const invitation: NoticeItem = { kind: 'invited', program: 'TechServe AIMS', roles: ['owner'], again: false };

/** More than a mail has room for. */
const many: NoticeItem[] = Array.from({ length: 1_400 }, (_, n) => ({
  kind: 'taskOverdue',
  task: aTaskInMail({ id: `T-${n}`, title: `Work ${n + 1}`, requirementId: undefined, dueOn: '2031-02-28' }),
}));
const aboutProgram = (event: ProgramEvent, text: string): NoticeItem => ({
  kind: 'program',
  event,
  phase: 'implementation',
  text,
});
const elsewhere = { programId: 'voice', programName: 'Voice assistant AIMS', organization: 'TechServe Voice' };

/** Mails of every form that there is, to be looked at. */
export const mailSamples: Record<string, RenderedMail> = {
  'one thing to do': digest(taskOpened[0]!.item),
  'one thing to do, and news': digest(taskReminder[0]!.item, progress[0]!.item, findingRaised[0]!.item),
  'several things to do': digest(
    taskOpened[0]!.item,
    { kind: 'taskReminder', task: long, dueIn: 0 },
    evidenceToReview[0]!.item,
    deadlineMissed[0]!.item,
    noticeSamples.planChanged[0]!.item,
    noticeSamples.auditScheduled[0]!.item,
  ),
  'of two programs': renderParts(
    [
      aMail(1, { notices: [taskOpened[0]!.item, evidenceToReview[0]!.item] }),
      aMail(2, { ...elsewhere, notices: [{ kind: 'taskReminder', task: long, dueIn: 0 }, progress[0]!.item] }),
    ],
    { ...options, zone: 'Europe/Berlin' },
  ),
  'fourteen hundred overdue': renderMail(aMail(1, { kind: 'escalation', notices: many }), options),
  welcome: renderMail(
    aMail(1, {
      kind: 'welcome',
      notices: [invitation, taskOpened[0]!.item, taskReminder[0]!.item],
    }),
    options,
  ),
  'a proposal to pause': renderMail(
    aMail(1, { kind: 'escalation', notices: [noticeSamples.pauseProposed[0]!.item] }),
    options,
  ),
  'evidence to review': digest(evidenceToReview[0]!.item),
  'evidence rejected': digest(noticeSamples.evidenceRejected[0]!.item),
  'a plan to review': digest(taskOpened[1]!.item),
  news: digest(progress[0]!.item, noticeSamples.auditOutcome[2]!.item),
  overdue: urgent(noticeSamples.taskOverdue[0]!.item),
  escalated: urgent(noticeSamples.taskEscalated[0]!.item),
  'certificate suspended': urgent(noticeSamples.certificate[2]!.item),
  'a program nearly full': urgent(
    aboutProgram('nearlyFull', carriedSayings.nearlyFull({ bytes: 540_000, most: 786_432 })),
  ),
  'a program that could not do something': digest(aboutProgram('stuck', 'The audit plan could not be drawn up.')),
  'a code to sign in': signInMail({ code: '048213', link: `${publicUrl}/sign-in/link/abc`, minutes: 15, publicUrl }),
  'an invitation': invitationMail({
    name: 'Dana Smith',
    by: 'Ana Pérez',
    organization: 'TechServe Solutions',
    programName: 'TechServe AIMS',
    roles: ['owner', 'viewer'],
    link: `${publicUrl}/programs/techserve`,
  }),
};
