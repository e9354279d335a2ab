import type { SMTPServerSession } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { type Courier, type CourierOptions, createCourier } from '../../activities/courier.ts';
import type { Outbox } from '../../db/types.ts';
import type { Email, Instant } from '../../domain/basics.ts';
import { usualPreferences } from '../../domain/people/mailPreferences.ts';
import { personalPages } from '../../identity/mailPages.ts';
import { createTaskLinks } from '../../identity/taskLinks.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { aRecord } from '../support/builders.ts';
import { type MailServer, refusal, startMailServer } from '../support/mailServer.ts';
import { aMail, aTaskInMail } from '../support/mails.ts';
import { createMemoryOutbox, type MemoryOutbox } from '../support/memoryOutbox.ts';

const secret = Buffer.alloc(32, 7);
const pages = await personalPages('https://certloop.example.org', { get: async () => secret });

const start = Date.parse('2031-03-03T13:00:05.000Z');
const minute = 60_000;
const hour = 60 * minute;

/** What a test has opened, closed after it in reverse. */
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

describe('a courier', () => {
  it('delivers a digest once, with its identity in the headers', async () => {
    const { server, outbox, courier } = await office();
    outbox.add(aMail(1));

    expect(await courier.runOnce()).toEqual({ sent: 1, failed: 0 });
    expect(await courier.runOnce()).toEqual({ sent: 0, failed: 0 });

    expect(server.received).toHaveLength(1);
    const [mail] = server.received;
    expect(mail!.messageId).toBe('<mail-1@certloop>');
    expect(mail!.to).toEqual([{ name: '', address: 'dana@example.org' }]);
    expect(mail!.from).toEqual({ name: 'Certloop', address: 'certloop@example.org' });
    expect(header(mail!, 'x-certloop-program')).toBe('techserve');
    expect(header(mail!, 'auto-submitted')).toBe('auto-generated');
    const token = /Submit evidence:\nhttps:\/\/certloop\.example\.org\/answer\/(\S+)\n/.exec(mail!.text!)?.[1];
    expect(createTaskLinks(secret).read(token!)).toEqual({
      programId: 'techserve',
      taskId: 'T-12',
      email: 'dana@example.org',
      expiresOn: '2031-07-01',
    });
    expect(mail!.html).toContain('<h1');
    expect(outbox.mail('mail-1')).toMatchObject({ status: 'sent', sentAt: '2031-03-03T13:00:05.000Z' });
  });

  it('asks for no click without a page that is safe to send one to', async () => {
    const pages = await personalPages('http://10.0.0.7:8400', { get: async () => secret });
    const { server, outbox, courier } = await office({ pages });
    outbox.add(aMail(1));
    await courier.runOnce();
    expect(header(server.received[0]!, 'list-unsubscribe')).toMatch(/^<http:\/\/10\.0\.0\.7:8400\/unsubscribe\/\S+>$/);
    expect(header(server.received[0]!, 'list-unsubscribe-post')).toBeUndefined();
  });

  it('leaves what is not yet due', async () => {
    const { server, outbox, courier, clock } = await office();
    outbox.add(aMail(1, { dueAt: '2031-03-04T13:00:00.000Z' }));
    expect(await courier.runOnce()).toEqual({ sent: 0, failed: 0 });
    clock.now = Date.parse('2031-03-04T13:00:00.000Z');
    expect(await courier.runOnce()).toEqual({ sent: 1, failed: 0 });
    expect(server.received).toHaveLength(1);
  });

  it('does not send a digest of which nothing holds any more', async () => {
    const { server, outbox, courier } = await office();
    const accepted = { type: 'EvidenceAccepted' as const, data: { taskId: 'T-12', note: '' } };
    outbox.add(
      aMail(1, { later: [{ ...aRecord(2), ...accepted }] }),
      aMail(2, { to: 'pat@example.org', later: [{ ...aRecord(2), ...accepted, data: { taskId: 'T-9', note: '' } }] }),
    );
    expect(await courier.runOnce()).toEqual({ sent: 1, failed: 0 });
    expect(idsOf(server)).toEqual([{ id: 'mail-2' }]);
    expect(outbox.mail('mail-1').status).toBe('overtaken');
  });

  it('sends an urgent mail at its next look, with a subject of its own', async () => {
    const { server, outbox, courier } = await office({ intervalMs: 20 });
    courier.start();
    outbox.add(
      aMail(1, {
        kind: 'urgent',
        notices: [{ kind: 'taskEscalated', task: aTaskInMail(), assignee: 'Dana Smith', level: 2, workingDays: 7 }],
      }),
    );
    await expect.poll(() => server.received.length).toBe(1);
    expect(server.received[0]!.subject).toBe(
      'Overdue by 7 working days: A.5.2 AI system impact assessment process (assigned to Dana Smith)',
    );
  });

  it('empties more than one batch, each person in order of due', async () => {
    const { server, outbox, courier } = await office();
    const mails = Array.from({ length: 100 }, (_, index) =>
      aMail(index, { to: `person-${index % 7}@example.org`, dueAt: at(start - (200 - index) * minute) }),
    );
    outbox.add(...[...mails].reverse());
    expect(await courier.runOnce()).toEqual({ sent: 100, failed: 0 });
    expect(server.connections).toBeLessThanOrEqual(4);
    for (let person = 0; person < 7; person++) {
      const mine = (list: { id: string }[]) => list.filter(({ id }) => Number(id.split('-')[1]) % 7 === person);
      expect(mine(idsOf(server))).toEqual(mine(mails.map(({ id }) => ({ id }))));
    }
  });
});

describe('when the mail server is down', () => {
  it('probes it without a mail, keeps everything in order of due, and delivers each mail once within a minute after it is up', async () => {
    const down = await startMailServer({}, await anyFreePort());
    await down.close();
    const { outbox, courier, clock, log } = await office({ server: down });
    const mails = Array.from({ length: 90 }, (_, index) => aMail(index, { dueAt: at(start - (100 - index) * minute) }));
    outbox.add(...mails);

    expect(await courier.runOnce()).toEqual({ sent: 0, failed: 1 });
    const tried = mails.map(({ id }) => outbox.mail(id)).filter(({ attempts }) => attempts > 0);
    expect(tried).toHaveLength(40);
    expect(outbox.mail('mail-0').lastError).toContain('ECONNREFUSED');
    expect(outbox.mail('mail-1').lastError).toContain('Not tried');
    expect(await courier.runOnce()).toEqual({ sent: 0, failed: 0 });

    for (const end = clock.now + 24 * hour; clock.now < end; clock.now += 10 * minute)
      expect(await courier.runOnce()).toEqual({ sent: 0, failed: 0 });
    expect(log.filter(({ level }) => level === 'warn').length).toBeLessThanOrEqual(26);
    expect((await outbox.backlog(at(clock.now))).due).toBe(90);

    const up = await startMailServer({}, down.port);
    open.push(up.close);
    outbox.add(aMail(90, { dueAt: at(clock.now - minute) }));
    clock.now += minute;
    expect(await courier.runOnce()).toEqual({ sent: 91, failed: 0 });
    expect(idsOf(up)).toEqual(Array.from({ length: 91 }, (_, index) => ({ id: `mail-${index}` })));
    expect(new Set(up.received.map((mail) => mail.messageId)).size).toBe(91);
  });

  it('lets what waited its turn for an hour go as soon as the server takes a mail again', async () => {
    const down = await startMailServer({}, await anyFreePort());
    await down.close();
    const { outbox, courier, clock } = await office({ server: down });
    outbox.add(aMail(1), aMail(2, { to: 'pat@example.org' }));
    const [put] = await outbox.lease(at(clock.now), 1, 60);
    await outbox.failed(put!, '451 put off', at(clock.now + hour));
    await courier.runOnce();
    const up = await startMailServer({}, down.port);
    open.push(up.close);
    clock.now += minute;
    expect(await courier.runOnce()).toEqual({ sent: 2, failed: 0 });
  });

  it('two couriers that share an outbox both come back, and each mail goes once', async () => {
    const down = await startMailServer({}, await anyFreePort());
    await down.close();
    const one = await office({ server: down });
    const two = await office({ server: down, outbox: one.outbox });
    one.outbox.add(...Array.from({ length: 60 }, (_, index) => aMail(index, { to: `p${index}@example.org` })));
    for (let look = 0; look < 20; look++) {
      await Promise.all([one.courier.runOnce(), two.courier.runOnce()]);
      one.clock.now += minute;
      two.clock.now += minute;
    }
    const up = await startMailServer({}, down.port);
    open.push(up.close);
    const done = await Promise.all([one.courier.runOnce(), two.courier.runOnce()]);
    expect(done.reduce((sum, { sent }) => sum + sent, 0)).toBe(60);
    expect(new Set(up.received.map((mail) => mail.messageId)).size).toBe(60);
    expect(up.received).toHaveLength(60);
  });

  it('a deputy leaves mails to the others, and takes over when nobody has come to them for ten minutes', async () => {
    const { server, outbox, courier, clock } = await office({ deputy: true });
    outbox.add(aMail(1, { dueAt: at(clock.now) }));
    expect(await courier.runOnce()).toEqual({ sent: 0, failed: 0 });
    clock.now += 11 * minute;
    expect(await courier.runOnce()).toEqual({ sent: 1, failed: 0 });
    expect(server.received).toHaveLength(1);
  });

  it('does not tell that something is due tomorrow a day late', async () => {
    const { server, outbox, courier, clock } = await office();
    outbox.add(aMail(1));
    clock.now = start + 24 * hour;
    await courier.runOnce();
    expect(server.received[0]!.subject).toMatch(/due today$/);
  });
});

describe('a refusal', () => {
  it('of the recipient for good gives the mail up and keeps the error; the others are delivered', async () => {
    const server = await startMailServer({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('gone') ? refusal(550, '5.1.1 No such user here') : null),
    });
    const { outbox, courier, log } = await office({ server });
    outbox.add(aMail(1, { to: 'gone@example.org' }), aMail(2));
    expect(await courier.runOnce()).toEqual({ sent: 1, failed: 1 });
    expect(outbox.mail('mail-1')).toMatchObject({
      status: 'failed',
      lastError: expect.stringContaining('No such user'),
    });
    expect(outbox.mail('mail-2').status).toBe('sent');
    expect(log).toContainEqual(expect.objectContaining({ level: 'error', mailId: 'mail-1' }));
  });

  it.each([
    [451, '4.7.1 Greylisted, try again later'],
    [554, '5.7.1 Relay access denied'],
    [530, '5.7.0 Authentication required'],
  ])('%i %s is tried again, ever more rarely', async (code, words) => {
    let greylisting = true;
    const server = await startMailServer({
      onRcptTo: (_address, _session, done) => done(greylisting ? refusal(code, words) : null),
    });
    const { outbox, courier, clock } = await office({ server });
    outbox.add(aMail(1));
    const attempts: number[] = [];
    for (const end = clock.now + 8 * hour; clock.now < end; clock.now += minute) {
      if ((await courier.runOnce()).failed > 0) attempts.push((clock.now - start) / minute);
    }
    expect(attempts).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303, 363, 423]);
    expect(outbox.mail('mail-1')).toMatchObject({ status: 'queued', lastError: expect.stringContaining(words) });
    greylisting = false;
    clock.now += hour;
    expect(await courier.runOnce()).toEqual({ sent: 1, failed: 0 });
  });

  it.each([
    ['of what is in the mail', 554, '5.6.0 This looks like advertising', 10],
    ['of a mailbox that stays full', 552, '5.2.2 Mailbox full', 75],
    ['of whoever relays', 554, '5.7.1 Relay access denied', 75],
    ['that is only put off', 451, '4.7.1 Try again later', 125],
  ])(
    '%s ends after a number of tries (%i), and holds up nobody else',
    async (_, code, words, most) => {
      let tries = 0;
      const server = await startMailServer({
        onRcptTo({ address }, _session, done) {
          if (!address.startsWith('gone')) return done();
          tries++;
          done(refusal(code, words));
        },
        ...(code === 554 && words.startsWith('5.6') ? { onRcptTo: undefined, onData: refuseGone } : {}),
      });
      function refuseGone(stream: NodeJS.ReadableStream, session: SMTPServerSession, done: (error?: Error) => void) {
        const isGone = session.envelope.rcptTo.some(({ address }) => address.startsWith('gone'));
        if (isGone) tries++;
        stream.on('end', () => done(isGone ? refusal(code, words) : undefined)).resume();
      }
      const { outbox, courier, clock, log } = await office({ server });
      outbox.add(aMail(1, { to: 'gone@example.org' }));
      for (let day = 0; day < 7; day++) {
        outbox.add(aMail(day + 2, { dueAt: at(clock.now) }));
        for (const end = clock.now + 24 * hour; clock.now < end; clock.now += 10 * minute) await courier.runOnce();
        expect(outbox.mail(`mail-${day + 2}`).status).toBe('sent');
      }
      expect(tries).toBe(most);
      expect(outbox.mail('mail-1')).toMatchObject({
        status: 'failed',
        tries,
        lastError: expect.stringContaining(words),
      });
      expect(log.filter(({ level }) => level === 'error')).toMatchObject([{ mailId: 'mail-1', tries }]);
    },
    60_000,
  );

  it('of letters beyond ASCII before the @ says what the server lacks', async () => {
    const server = await startMailServer({
      onRcptTo: ({ address }, _session, done) =>
        done(/^\p{ASCII}*@/u.test(address) ? null : refusal(553, '5.6.7 Address not understood')),
    });
    const { outbox, courier } = await office({ server });
    outbox.add(aMail(1, { to: 'müller@example.org' }), aMail(2, { to: 'kim@münchen.example' }));
    expect(await courier.runOnce()).toEqual({ sent: 1, failed: 1 });
    expect(outbox.mail('mail-1').lastError).toMatch(/not understood.*SMTPUTF8/);
    expect(server.received[0]!.raw).toMatch(/^To: kim@xn--mnchen-3ya\.example\r$/m);
  });

  it('of the sender concerns every mail, and none is given up', async () => {
    const server = await startMailServer({
      onMailFrom: (_address, _session, done) => done(refusal(550, '5.1.8 Sender unknown')),
    });
    const { outbox, courier } = await office({ server });
    outbox.add(...Array.from({ length: 30 }, (_, index) => aMail(index)));
    expect(await courier.runOnce()).toEqual({ sent: 0, failed: 1 });
    expect((await outbox.backlog(at(start))).due).toBe(30);
  });

  it('of the password concerns every mail, and the password stays out of the log', async () => {
    const server = await startMailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refusal(535, '5.7.8 Wrong password')),
    });
    const url = server.url.replace('smtp://', 'smtp://courier:s3cret@');
    const { outbox, courier, log } = await office({ server: Object.assign(server, { url }) });
    outbox.add(...Array.from({ length: 30 }, (_, index) => aMail(index)));
    expect(await courier.runOnce()).toEqual({ sent: 0, failed: 1 });
    expect((await outbox.backlog(at(start))).due).toBe(30);
    expect(outbox.mail('mail-0').lastError).toContain('Wrong password');
    expect(log).toHaveLength(1);
    expect(JSON.stringify(log)).not.toContain('s3cret');
  });

  it('by never coming to an end is broken off, and the mail is tried again', async () => {
    let trickling = true;
    const server: MailServer = await startMailServer({
      onRcptTo(_address, session, done) {
        if (!trickling) return done();
        const socket = server.socketOf(session)!;
        const words = setInterval(() => socket.write('250-still thinking\r\n'), 20);
        socket.once('close', () => clearInterval(words));
      },
    });
    const { outbox, courier, clock } = await office({ server, attemptSeconds: 0.5 });
    const { courier: patient } = hire(server, outbox, clock);
    outbox.add(aMail(1));
    expect(await courier.runOnce()).toEqual({ sent: 0, failed: 1 });
    const lastError = expect.stringContaining('did not accept it within 0.5 seconds');
    expect(outbox.mail('mail-1')).toMatchObject({ status: 'queued', lastError });

    trickling = false;
    clock.now += hour;
    expect(await patient.runOnce()).toEqual({ sent: 1, failed: 0 });
    expect(server.received).toHaveLength(1);
  });

  it('by hanging up on one mail does not hold up those behind it', async () => {
    const server: MailServer = await startMailServer({
      onRcptTo({ address }, session, done) {
        if (address.startsWith('poison')) server.hangUp(session);
        else done();
      },
    });
    const { outbox, courier, clock } = await office({ server });
    outbox.add(
      aMail(1, { to: 'poison@example.org' }),
      ...Array.from({ length: 10 }, (_, index) => aMail(index + 2, { dueAt: at(start - 1_000) })),
    );
    await courier.runOnce();
    clock.now += minute;
    await courier.runOnce();
    expect(new Set(server.received.map((mail) => mail.messageId)).size).toBe(10);
    expect(server.received).toHaveLength(10);
    expect(outbox.mail('mail-1')).toMatchObject({ status: 'queued' });
  });
});

describe('a mail that was sent and not marked', () => {
  it('comes again with the same Message-ID when the courier died in between', async () => {
    const { server, outbox, clock } = await office();
    outbox.add(aMail(1));
    const dying = hire(server, { ...outbox, sent: () => Promise.reject(new Error('power cut')) }, clock);
    expect(await dying.courier.runOnce()).toEqual({ sent: 1, failed: 0 });
    await dying.courier.stop();

    const next = hire(server, outbox, clock);
    expect(await next.courier.runOnce()).toEqual({ sent: 0, failed: 0 });
    clock.now += minute;
    expect(await next.courier.runOnce()).toEqual({ sent: 1, failed: 0 });
    expect(server.received.map((mail) => mail.messageId)).toEqual(['<mail-1@certloop>', '<mail-1@certloop>']);
    expect(outbox.mail('mail-1').status).toBe('sent');
  });

  it('is marked at the next look, before its lease runs out and another courier takes it', async () => {
    const { server, outbox, clock } = await office();
    outbox.add(aMail(1));
    let reachable = false;
    const sent: Outbox['sent'] = (id, when) =>
      reachable ? outbox.sent(id, when) : Promise.reject(new Error('database away'));
    const { courier, log } = hire(server, { ...outbox, sent }, clock);
    await courier.runOnce();
    expect(outbox.mail('mail-1').status).toBe('sending');
    expect(log).toContainEqual(expect.objectContaining({ level: 'error', mailId: 'mail-1' }));
    reachable = true;
    await courier.runOnce();
    expect(outbox.mail('mail-1')).toMatchObject({ status: 'sent', sentAt: at(start) });
    clock.now += 10 * minute;
    await courier.runOnce();
    expect(server.received).toHaveLength(1);
  });

  it('is marked when the courier stops', async () => {
    const { server, outbox, clock } = await office();
    outbox.add(aMail(1));
    let reachable = false;
    const sent: Outbox['sent'] = (id, when) =>
      reachable ? outbox.sent(id, when) : Promise.reject(new Error('database away'));
    const { courier } = hire(server, { ...outbox, sent }, clock);
    await courier.runOnce();
    reachable = true;
    await courier.stop();
    expect(outbox.mail('mail-1').status).toBe('sent');
  });
});

describe('couriers among themselves', () => {
  it('share an outbox without a mail twice', async () => {
    const { server, outbox, courier, clock } = await office();
    const other = hire(server, outbox, clock).courier;
    outbox.add(...Array.from({ length: 200 }, (_, index) => aMail(index, { to: `person-${index % 20}@example.org` })));
    const [one, two] = await Promise.all([courier.runOnce(), other.runOnce()]);
    expect(one.sent + two.sent).toBe(200);
    expect(one.sent).toBeGreaterThan(0);
    expect(two.sent).toBeGreaterThan(0);
    expect(new Set(server.received.map((mail) => mail.messageId)).size).toBe(200);
    expect(server.received).toHaveLength(200);
  });

  it('stop after the mails in flight, and give the others back', async () => {
    let accept = (): void => undefined;
    const taking = new Promise<void>((resolve) => {
      accept = resolve;
    });
    const server = await startMailServer({
      onRcptTo: (_address, _session, done) => void taking.then(() => done()),
    });
    const { outbox, courier } = await office({ server, intervalMs: 20 });
    outbox.add(aMail(1), aMail(2));
    courier.start();
    await expect.poll(() => server.connections).toBe(1);
    const stopped = courier.stop();
    accept();
    await stopped;
    expect(server.received).toHaveLength(1);
    expect(outbox.mail('mail-1').status).toBe('sent');
    expect(outbox.mail('mail-2').status).toBe('queued');

    const next = hire(server, outbox, { now: start }).courier;
    expect(await next.runOnce()).toEqual({ sent: 1, failed: 0 });
  });
});

describe('the loop', () => {
  it('outlives an outbox that cannot be reached and a mail that cannot be written', async () => {
    const { server, outbox } = await office();
    outbox.add(aMail(1, { to: 'unread@example.org', dueAt: at(start - minute) }), aMail(2));
    const preferencesOf = async (to: Email) => {
      if (to === 'unread@example.org') throw new Error('What was chosen cannot be read');
      return usualPreferences;
    };
    let calls = 0;
    const lease: Outbox['lease'] = (...given) =>
      calls++ === 0 ? Promise.reject(new Error('database away')) : outbox.lease(...given);
    const { courier, log } = hire(server, { ...outbox, lease }, { now: start }, { intervalMs: 10, preferencesOf });
    courier.start();
    await expect.poll(() => server.received.length).toBe(1);
    expect(idsOf(server)).toEqual([{ id: 'mail-2' }]);
    expect(outbox.mail('mail-1')).toMatchObject({
      status: 'queued',
      lastError: expect.stringContaining('What was chosen cannot be read'),
    });
    expect(log[0]).toMatchObject({ level: 'error', message: 'The outbox cannot be read' });
  });

  it('sends a mail with a notice of a newer version, which names the record instead', async () => {
    const { server, outbox, courier } = await office();
    outbox.add(aMail(1, { notices: [{ kind: 'somethingNew' } as never] }));
    expect(await courier.runOnce()).toEqual({ sent: 1, failed: 0 });
    expect(server.received[0]!.text).toContain('Something was recorded: it cannot be shown here; see record 1');
    expect(outbox.mail('mail-1').status).toBe('sent');
  });
});

describe('what people type', () => {
  it('arrives in any script', async () => {
    const { server, outbox, courier } = await office();
    outbox.add(aMail(1, { programName: 'Prüfprogramm 認証 Ελλάδα', organization: 'Šťastný & Søn' }));
    await courier.runOnce();
    expect(server.received[0]!.subject).toContain('Prüfprogramm 認証 Ελλάδα');
    expect(server.received[0]!.text).toContain('Šťastný & Søn');
    expect(server.received[0]!.raw.split('\r\n\r\n')[0]).toMatch(/^[\x20-\x7E\r\n\t]*$/);
  });

  it('cannot add headers, recipients or parts', async () => {
    const { server, outbox, courier } = await office();
    const attack = 'X\r\nBcc: victim@example.org\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>';
    outbox.add(
      aMail(1, { programName: attack, programId: attack, organization: attack }),
      aMail(2, { to: 'dana@example.org, victim@example.org' }),
      aMail(3, { to: 'dana@example.org\r\nRCPT TO:<victim@example.org>' }),
      aMail(4, {
        kind: 'urgent',
        notices: [
          { kind: 'taskEscalated', task: aTaskInMail({ title: attack }), assignee: attack, level: 1, workingDays: 3 },
        ],
      }),
    );
    await courier.runOnce();
    expect(
      idsOf(server)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['mail-1', 'mail-4']);
    expect([outbox.mail('mail-2').status, outbox.mail('mail-3').status]).toEqual(['failed', 'failed']);
    for (const mail of server.received) {
      expect(mail.bcc ?? []).toEqual([]);
      expect(mail.headers.map(({ key }) => key)).not.toContain('x-evil');
      expect(mail.envelopeTo).not.toContain('victim@example.org');
      expect(mail.envelopeTo).toHaveLength(1);
      expect(mail.html).not.toContain('<script');
      expect(mail.text).toBeDefined();
    }
  });
});

interface Clock {
  now: number;
}
type Logged = { level: string; message: string } & Record<string, unknown>;

/** A mail server, an outbox, a courier between them, and a clock that a test moves. */
async function office({ server: given, ...options }: { server?: MailServer } & Partial<CourierOptions> = {}) {
  const server = given ?? (await startMailServer());
  open.push(server.close);
  const outbox: MemoryOutbox = createMemoryOutbox();
  const clock: Clock = { now: start };
  return { server, outbox, clock, ...hire(server, outbox, clock, options) };
}

function hire(
  server: MailServer,
  outbox: Outbox,
  clock: Clock,
  options: Partial<CourierOptions> = {},
): { courier: Courier; log: Logged[] } {
  const log: Logged[] = [];
  const at = (level: string) => (details: object, message: string) => void log.push({ level, message, ...details });
  const courier = createCourier({
    outbox,
    smtpUrl: server.url,
    from: 'Certloop <certloop@example.org>',
    pages,
    intervalMs: 60_000,
    log: { info: at('info'), warn: at('warn'), error: at('error') },
    now: () => new Date(clock.now),
    ...options,
  });
  open.push(courier.stop);
  return { courier, log };
}

function at(time: number): Instant {
  return new Date(time).toISOString();
}

function idsOf(server: MailServer): { id: string }[] {
  return server.received.map((mail) => ({ id: (mail.messageId ?? '').replace(/^<|@certloop>$/g, '') }));
}

function header(mail: MailServer['received'][number], key: string): string | undefined {
  return mail.headers.find((each) => each.key === key)?.value;
}
