const units: Record<string, string> = { y: 'Y', m: 'M', w: 'W', d: 'D' };

/** `2 months` as it is meant, `P2M`; what is no length of time stays as it was typed, for the check to name. */
export function durationOf(text: string): string {
  const [, many, unit] = /^(\d{1,4})\s*(year|month|week|day|y|m|w|d)s?$/i.exec(text.trim()) ?? [];
  return many && unit ? `P${many}${units[unit[0]!.toLowerCase()]}` : text.trim().toUpperCase();
}
