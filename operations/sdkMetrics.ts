const answersWithinMs = 1_500;

let metricsUrl: string | undefined;

/** Says where the SDK of this process gives its own metrics. */
export function sdkMetricsAt(url: string): void {
  metricsUrl = url;
}

/** What the SDK counts, in Prometheus' form; nothing where it was not asked to. */
export async function sdkMetrics(): Promise<string> {
  if (!metricsUrl) return '';
  const response = await fetch(metricsUrl, { signal: AbortSignal.timeout(answersWithinMs) });
  return response.text();
}
