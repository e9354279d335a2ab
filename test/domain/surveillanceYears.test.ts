import { describe, expect, it } from 'vitest';
import { certified, held, scheduling } from './journey.ts';
import { who } from './support.ts';

/** Surveillances are owed in 2031 and 2032; the recertification is in 2033. */
const first = () => {
  const driver = certified('2030-06-05');
  held(driver, 'surveillance', '2031-05-05');
  return driver.as(who.manager);
};

describe('R11: two surveillances in one year do not serve the next', () => {
  it('so the second is not agreed for the year of the first, but for its own', () => {
    const driver = first();
    const { code, detail } = driver.refuses(scheduling(driver, 'surveillance', '2031-12-15'));
    expect([code, detail]).toEqual(['R11', expect.stringContaining('the surveillance audit of 2032')]);
    driver.does(scheduling(driver, 'surveillance', '2032-01-05'));
    expect(driver.refuses(scheduling(driver, 'surveillance', '2031-12-31')).code).toBe('R11');
    driver.does(scheduling(driver, 'surveillance', '2032-12-31'));
  });

  it('one that was held then all the same is told, with a warning', () => {
    const driver = first().until('2031-12-20').as(who.lead);
    driver.does(scheduling(driver, 'surveillance', '2031-12-15'));
    expect(driver.recordsOf('WarningNoted').at(-1)?.data).toMatchObject({ code: 'R11' });
    driver.does({ type: 'recordOutcome', auditId: 'A-5', result: 'maintained', note: '' });
    expect(driver.audit('surveillance')).toMatchObject({
      status: 'planned',
      targetOn: '2032-05-05',
      latestOn: '2032-12-31',
      latestRule: 'R11',
    });
  });

  it('a first one that was held in the year before is followed by another for its own year', () => {
    const driver = certified('2030-06-05').until('2031-01-10').as(who.lead);
    driver.does(scheduling(driver, 'surveillance', '2030-12-10'));
    driver.does({ type: 'recordOutcome', auditId: 'A-4', result: 'maintained', note: '' });
    const coming = Object.values(driver.state.audits).filter(({ kind, status }) => {
      return kind === 'surveillance' && status === 'planned';
    });
    expect(coming.map(({ latestOn }) => latestOn).sort()).toEqual(['2031-12-31', '2032-12-31']);
  });

  it('what was planned for the year is not when the outcome is reopened, and is once when it is recorded again', () => {
    const driver = first().until('2031-12-20').as(who.lead);
    driver.does(scheduling(driver, 'surveillance', '2031-12-15'));
    const outcome = { type: 'recordOutcome', auditId: 'A-5', result: 'maintained', note: '' } as const;
    driver.does(outcome);
    const { id } = driver.audit('surveillance');
    driver.does({ type: 'reopenOutcome', auditId: 'A-5', reason: 'A finding was left out.' });
    expect(driver.state.audits[id]).toMatchObject({ status: 'cancelled', takenBack: true });
    driver.does(outcome);
    expect(driver.audit('surveillance')).toMatchObject({ status: 'planned', latestOn: '2032-12-31' });
    expect(driver.audit('surveillance').id).not.toBe(id);
  });

  it('what is owed and missed can be made up for in the next year', () => {
    const driver = certified('2030-06-05').until('2032-01-10').as(who.manager);
    driver.does(scheduling(driver, 'surveillance', '2032-01-20'));
  });
});
