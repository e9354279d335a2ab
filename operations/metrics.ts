import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** How long one look may take until a scrape goes on without it, in milliseconds. */
const patienceMs = 2_000;

/** What a gauge shows: one number, or one for each value of its label. */
export type Reading = number | ReadonlyMap<string, number>;

export interface GaugeOptions {
  /** In Prometheus' form: `certloop_mails`. */
  name: string;
  help: string;
  /** The label by which a map of numbers is told apart. Its values are few and known: no ids, no addresses. */
  label?: string;
  /** What a look at the world gives; it may fail and take its time. */
  read(): Promise<Reading> | Reading;
}

/** What a process counts, and what it looks at when it is asked. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly failures: Counter<'collector'>;

  constructor(about: { part: string; version: string; buildId?: string | null }) {
    collectDefaultMetrics({ register: this.registry });
    this.failures = this.counter({
      name: 'certloop_collector_failures_total',
      help: 'Looks at the database or at Temporal that failed or took too long while metrics were asked for.',
      labelNames: ['collector'],
    });
    new Gauge({
      name: 'certloop_build_info',
      help: 'Always 1; its labels say what runs.',
      labelNames: ['part', 'version', 'build_id', 'node'],
      registers: [this.registry],
    }).set({ part: about.part, version: about.version, build_id: about.buildId ?? '', node: process.version }, 1);
  }

  counter<Label extends string = never>(options: { name: string; help: string; labelNames?: Label[] }): Counter<Label> {
    return new Counter({ ...options, registers: [this.registry] });
  }

  histogram<Label extends string = never>(options: {
    name: string;
    help: string;
    buckets: number[];
    labelNames?: Label[];
  }): Histogram<Label> {
    return new Histogram({ ...options, registers: [this.registry] });
  }

  /**
   * Adds a gauge that looks when it is asked. A look that fails, or takes longer than two seconds, is counted and leaves the
   * gauge without a value, and no other gauge waits for it; one that is still under way is not begun again.
   */
  gauge({ name, help, label, read }: GaugeOptions): void {
    const failures = this.failures;
    let looking: Promise<Reading> | undefined;
    const look = () => {
      looking ??= Promise.resolve()
        .then(read)
        .finally(() => {
          looking = undefined;
        });
      return looking;
    };
    failures.inc({ collector: name }, 0);
    new Gauge({
      name,
      help,
      labelNames: label ? [label] : [],
      registers: [this.registry],
      async collect() {
        this.reset();
        try {
          const reading = await within(patienceMs, look());
          if (typeof reading === 'number') this.set(reading);
          else for (const [value, number] of reading) this.set({ [label!]: value }, number);
        } catch {
          // No value rather than the zero that `reset` puts there: what is unknown must not look well.
          if (!label) this.remove();
          failures.inc({ collector: name });
        }
      },
    });
  }

  /** Everything as Prometheus reads it, with what `others` say in the same form. Never rejects. */
  async text(others: readonly (() => Promise<string>)[] = []): Promise<string> {
    const theirs = others.map((other) => within(patienceMs, other()).catch(() => ''));
    return (await Promise.all([this.registry.metrics(), ...theirs])).join('\n');
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
}

/** What a promise gives, unless it takes longer. Rejects then. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} milliseconds.`)), ms);
  });
  return Promise.race([promise, tooLong]).finally(() => clearTimeout(timer));
}
