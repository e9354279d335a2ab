import type { Offer } from '../../../domain/offers/offers.ts';
import type { CommandType } from '../../../domain/registry.ts';
import { commandTitle } from '../../../words/forms/index.ts';
import { formUrl } from '../parts/forms.tsx';
import type { ProgramView } from '../reading.ts';

/** What can be done from here, under what it is about. What no group names comes under the last. */
const groups: { title: string; commands: readonly CommandType[] }[] = [
  {
    title: 'Something happened',
    commands: [
      ...['reportIncident', 'correctIncident', 'reportComplaint', 'correctComplaint'],
      ...['reportSignificantChange', 'holdManagementReview', 'correctManagementReview'],
    ] as CommandType[],
  },
  { title: 'Work', commands: ['openTask', 'planAudit', 'recordEarlierAudit', 'completeGapAssessment'] },
  { title: 'What it is about', commands: ['changeScope', 'putAiSystem', 'setApplicability', 'rateRequirement'] },
  { title: 'The program', commands: ['changePlan', 'changeCalendar', 'pause', 'resume', 'cancel'] },
];

/** The forms of the program, for what its reader can do now. */
export function FromHere({ view }: { view: ProgramView }) {
  const offers = view.offers('program');
  const { sight, url } = view;
  const grouped = groups.map(({ title, commands }, index) => ({
    title,
    offers: offers.filter(({ command }) => commands.includes(command) || (index === 3 && !isNamed(command))),
  }));
  return (
    <section aria-labelledby="from-here" class="on-screen">
      <h2 id="from-here">From here</h2>
      <div class="columns">
        {grouped
          .filter((group) => group.offers.length > 0)
          .map((group) => (
            <div key={group.title}>
              <h3>{group.title}</h3>
              <ul class="plain">
                {group.offers.map((offer) => (
                  <li key={offer.command}>
                    <a href={formUrl(url, offer)}>{commandTitle(offer.command)}</a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        <div>
          <h3>To look up</h3>
          <ul class="plain">
            <li>
              <a href={`${url}/people`}>People and their roles</a>
            </li>
            {sight.all('aiSystem') && (
              <li>
                <a href={`${url}/systems`}>AI systems</a>
              </li>
            )}
            <li>
              <a href={`${url}/calendar`}>Time zone, weekend and days off</a>
            </li>
            <li>
              <a href={`${url}/reports`}>Reviews, incidents and complaints</a>
            </li>
            <li>
              <a href={`${url}/records`}>What was recorded</a>
            </li>
          </ul>
        </div>
      </div>
    </section>
  );
}

function isNamed(command: Offer['command']): boolean {
  return groups.some(({ commands }) => commands.includes(command));
}
