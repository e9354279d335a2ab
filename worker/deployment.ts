/** The name under which all versions of our workers are one deployment in Temporal. */
export const deployment = 'certloop';
