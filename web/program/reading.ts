import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { ProgramReading, ProgramStates } from '../../api/programStates.ts';
import { readingOf, summaryOf } from '../../api/readings.ts';
import { callerOf } from '../../api/requests.ts';
import { readerOf } from '../../api/sights.ts';
import { clockNow } from '../../api/views/program.ts';
import type { Actor, Email, Instant, IsoDate } from '../../domain/basics.ts';
import { todayIn } from '../../domain/calendar.ts';
import { type Offer, offersOn, type Subject } from '../../domain/offers/offers.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import type { ProgramSummary } from '../../domain/views.ts';
import { type Sight, sightOf } from '../../identity/reading/sight.ts';
import { tiesAfter } from '../../identity/reading/ties.ts';
import type { Page, Place } from '../html/layout.tsx';

/** A program as one person looks at it: what every page of it needs. */
export interface ProgramView extends ProgramReading {
  state: ProgramState;
  summary: ProgramSummary;
  /** The address of its first page; the others are below it. */
  url: string;
  now: Instant;
  today: IsoDate;
  timeZone: string;
  /** Who looks. */
  reader: Email;
  actor: Actor;
  sight: Sight;
  /** What they would see if some more were recorded. */
  sightAfter(records: readonly ProgramRecord[]): Sight;
  csrf: string;
  /** The name of a person, of who left and of the program itself too. */
  nameOf(email: string): string;
  /** What the reader can do now about something. */
  offers(subject: Subject): Offer[];
}

/** Reads a program for the page that a request asks for. Throws the 404 problem when it has no record. */
export async function viewOf(app: FastifyInstance, request: FastifyRequest): Promise<ProgramView> {
  const { id } = request.program;
  const [reading, summary] = await Promise.all([readingOf(app.services, id), summaryOf(app.services, id)]);
  const { state } = reading;
  const now = clockNow(summary);
  const timeZone = state.calendar.timeZone;
  const actor = callerOf(request);
  return {
    ...reading,
    summary,
    url: `/programs/${encodeURIComponent(id)}`,
    now,
    today: todayIn(state.calendar, now),
    timeZone,
    reader: request.caller.email,
    actor,
    sight: sightOf(readerOf(request), reading.ties),
    sightAfter: (records) => sightOf(readerOf(request), tiesAfter(records, reading.ties)),
    csrf: request.csrf(),
    nameOf: (email) => (email === 'system' ? 'Certloop' : (reading.names.get(email) ?? email)),
    offers: (subject) => offersKept(app.services.states, state, subject, actor, now),
  };
}

/** Where a page of a program belongs. */
export function inProgram({ state }: ProgramView, place?: Place): NonNullable<Page['program']> {
  return { id: state.id, name: state.name, ...(place && { place }) };
}

/** How many lists of offers a service keeps; each is some hundred bytes. */
const mostOffers = 20_000;

/**
 * What was offered to whom, by service: each offer takes trials, and pages ask for the same ones until something happens to
 * the program or its day is over.
 */
const kept = new WeakMap<ProgramStates, LRUCache<string, Offer[]>>();

function offersKept(states: ProgramStates, state: ProgramState, subject: Subject, actor: Actor, now: Instant): Offer[] {
  const known = kept.get(states) ?? new LRUCache<string, Offer[]>({ max: mostOffers });
  kept.set(states, known);
  const key = JSON.stringify([state.id, state.seq, subject, actor, todayIn(state.calendar, now)]);
  const offers = known.get(key) ?? offersOn(state, subject, actor, now);
  known.set(key, offers);
  return offers;
}
