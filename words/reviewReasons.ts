/** Why reviewers often send something back, without the period: each can be picked, and fills the note. */
export const reviewReasons = {
  reviewEvidence: [
    'The signature is missing',
    'This is not the current version',
    'This does not cover the whole scope',
    'The file cannot be opened',
    'It does not show that this is done in practice',
  ],
  reviewCorrectiveActionPlan: [
    'The root cause is not named',
    'Similar cases were not looked for',
    'The action does not remove the cause',
    'The date is too late',
  ],
} as const;
