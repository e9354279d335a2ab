import { describe, expect, test } from 'vitest';
import { ahead } from '../../../domain/outlook/ahead.ts';
import { risks } from '../../../domain/outlook/risks.ts';
import { nameOf } from '../../../domain/people/people.ts';
import { aheadWords } from '../../../words/outlook/ahead.ts';
import { riskWords } from '../../../words/outlook/risks.ts';
import { afterStage2, assessed, auditedInternally, certified, held, scheduled } from '../../domain/journey.ts';
import { type Driver, dayOf, program, who } from '../../domain/support.ts';
import { moments } from '../../support/moments.ts';

/** What the first page of a program says of what comes next. */
function said({ state, now }: Driver, reader?: Driver['state']['people'][number]['email']): string {
  return aheadWords(ahead(state), { today: dayOf(now), reader, nameOf: (email) => nameOf(state, email) }).join(' ');
}

function atRisk({ state, now }: Driver): string[] {
  return risks(state, now).map((risk) => riskWords(risk, state, dayOf(now)));
}

describe('what is next and whose turn it is', () => {
  test('of a planned program is the day on which it begins', () => {
    expect(said(moments.planned())).toBe('The program begins on Mon, Jan 7, in 5 days.');
  });

  test('in the gap assessment counts what is not rated, and then waits for its completion', () => {
    expect(said(moments.gapAssessment())).toBe(
      'The implementation can begin when 70 requirements are rated. All wait for Con, since Mon, Jan 7.',
    );
    expect(said(moments.gapAssessmentRated())).toBe(
      'The implementation can begin when the gap assessment is completed. It waits for Con, since Mon, Jan 7.',
    );
  });

  test('in the implementation tells owners from reviewers, and says "you" to who reads', () => {
    const driver = assessed(program().until('2030-01-08'), {
      '4.1': { status: 'missing', gap: 'None.', owner: who.second },
    });
    const [first] = driver.open('evidence').filter(({ assignee }) => assignee === who.second);
    driver
      .as(who.second)
      .does({ type: 'submitEvidence', taskId: first!.id, links: ['https://example.com/a'], note: '' });
    driver.until('2030-01-11');
    const text = said(driver, who.consultant);
    expect(text).toMatch(
      /^The internal audit can begin when \d+ pieces of evidence are accepted and one impact assessment is accepted\./,
    );
    expect(text).toMatch(/\d+ wait for Olu, since Tue, Jan 8\./);
    expect(text).toMatch(/One waits for a review by Mia, Sue or you, since Tue, Jan 8\.$/);
  });

  test('before Stage 1 names what the gate waits for', () => {
    const driver = moments.internalAuditPlanned();
    expect(said(driver)).toMatch(
      /^Stage 1 of the certification audit can begin when the internal audit is held and the management review is held\./,
    );
  });

  test('between the stages is the audit: planned, agreed, under way, over', () => {
    const driver = auditedInternally(program(), '2030-01-15');
    expect(said(driver)).toMatch(
      /^Stage 1 is planned for about .*, and has no agreed dates yet\. Agreeing on them waits for Mia/,
    );
    held(driver, 'stage1', '2030-02-11');
    scheduled(driver, 'stage2', '2030-03-01');
    expect(said(driver)).toMatch(/^Stage 2 begins on Fri, Mar 1, in 18 days\./);
    driver.until('2030-03-01');
    expect(said(driver)).toMatch(/^Stage 2 is under way, and ends today\./);
    driver.until('2030-03-04');
    expect(said(driver)).toMatch(/^Stage 2 ended on Fri, Mar 1, 3 days ago\. Its outcome is not recorded yet\./);
  });

  test('after Stage 2 says which plans keep a certificate from being granted, and whose they are', () => {
    expect(said(afterStage2('minor', 'minor'))).toBe(
      'A certificate can be granted when two corrective action plans are accepted. Both wait for Olu, since Fri, Mar 1.',
    );
    expect(said(afterStage2())).toMatch(/^The decision on certification is next\. It waits for Dan/);
  });

  test('with a certificate is the next audit of the body; suspended it is the end of the suspension', () => {
    expect(said(moments.certified())).toMatch(/^The surveillance audit is planned for about /);
    expect(said(moments.suspended())).toMatch(
      /^The certificate is suspended\. It is withdrawn after .*, unless it is reinstated\./,
    );
    expect(said(moments.lapsedAfterRecertification())).toMatch(/^The decision on certification is next/);
  });

  test('of a paused program is that it is paused; of one that ended, nothing', () => {
    expect(said(moments.paused())).toMatch(/^The program is paused\./);
    const driver = moments.implementation();
    driver.as(who.manager).does({ type: 'cancel', reason: 'Sold.' });
    expect(said(driver)).toMatch(/^The program has ended\./);
    expect(ahead(driver.state).waits).toEqual([]);
  });

  test('can be told at every sample moment', () => {
    for (const [name, moment] of Object.entries(moments)) {
      expect(said(moment()), name).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('what puts a program at risk', () => {
  test('is nothing while all is in time', () => {
    expect(atRisk(moments.implementation())).toEqual([]);
  });

  test('is what climbed the whole ladder, told together', () => {
    const driver = moments.implementation().until('2030-08-01');
    expect(atRisk(driver)[0]).toMatch(
      /^\d+ tasks were escalated to the top and are still not done\. The first was due /,
    );
  });

  test('is a deadline of the body: near, then missed', () => {
    const driver = afterStage2('major');
    expect(atRisk(driver)).toContainEqual(
      expect.stringMatching(/^Major nonconformity F-1: the last day for its corrective action plan is /),
    );
    driver.until('2030-04-05');
    expect(atRisk(driver)[0]).toMatch(
      /^Major nonconformity F-1: the last day for its corrective action plan was missed/,
    );
  });

  test('is the lapse ahead, a suspension, a certificate that lapsed, and a missed surveillance', () => {
    const driver = certified('2030-06-03');
    expect(atRisk(driver)).toEqual([]);
    driver.until('2031-07-01');
    expect(atRisk(driver)).toContainEqual(expect.stringMatching(/was not held by its last day/));
    driver.until('2033-05-01');
    expect(atRisk(driver)).toContainEqual(expect.stringMatching(/^The certificate lapses after /));
    driver.until('2033-06-10');
    expect(atRisk(driver)).toContainEqual(expect.stringMatching(/^The certificate lapsed\. It can be restored until /));
    expect(atRisk(moments.suspended())[0]).toMatch(
      /^The certificate is suspended\. Unresolved, it is withdrawn after /,
    );
  });

  test('of a suspended certificate whose last day comes first is that day (R18)', () => {
    const driver = certified('2030-06-03').until('2033-03-10').as(who.decider);
    driver.does({ type: 'suspendCertificate', reason: 'The marks were misused.', ground: 'failure' });
    expect(said(driver)).toMatch(/^The certificate is suspended\. It lapses after .*Jun.* 2/);
    expect(atRisk(driver)[0]).toMatch(/^The certificate is suspended, and lapses after .*Jun.* 2/);
  });

  test('is nothing of a program that ended', () => {
    const driver = moments.implementation().until('2030-08-01');
    driver.as(who.manager).does({ type: 'cancel', reason: 'Sold.' });
    expect(atRisk(driver)).toEqual([]);
  });
});
