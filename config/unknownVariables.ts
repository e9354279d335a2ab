/** A variable that no setting has, and that is Certloop's by its name or was meant to be. */
export interface Unknown {
  variable: string;
  /** The setting that was meant, where one is near enough. */
  meant?: string;
  /** Whether it can only be ours: what other software reads is no slip. */
  isOurs: boolean;
}

/** For what reads the environment beside the settings: tests, and the files of docker-compose. */
const others = ['CERTLOOP_CHROMIUM', 'CERTLOOP_TEST_LOG'];

/** What Certloop reads of Temporal's own variables. */
const temporal = [
  ...['ADDRESS', 'NAMESPACE', 'API_KEY', 'API_KEY_FILE', 'PROFILE', 'CONFIG_FILE', 'TLS', 'TLS_SERVER_NAME'],
  ...['TLS_DISABLE_HOST_VERIFICATION', 'TLS_CLIENT_CERT_PATH', 'TLS_CLIENT_CERT_DATA', 'TLS_CLIENT_KEY_PATH'],
  ...['TLS_CLIENT_KEY_DATA', 'TLS_SERVER_CA_CERT_PATH', 'TLS_SERVER_CA_CERT_DATA'],
].map((name) => `TEMPORAL_${name}`);

/**
 * Finds variables that no setting has: one that is nearly the name of a setting is mistyped, in whichever of its parts; any other
 * `CERTLOOP_…` may be of a newer version, from which somebody went back. `TEMPORAL_…` is read by other software as well, under names
 * that we do not know: one that is nearly ours may be mistyped. What ends in the whole name of a setting belongs to something else.
 *
 * @param known - the names of all settings
 */
export function unknownVariables(env: NodeJS.ProcessEnv, known: string[]): Unknown[] {
  const own = [...known, ...known.map((name) => `${name}_FILE`)];
  const all = [...own, ...others, ...temporal];
  return Object.keys(env)
    .filter((name) => env[name] !== '' && !all.includes(name))
    .sort()
    .flatMap((variable): Unknown[] => {
      if (/^CERTLOOP[_-]/i.test(variable))
        return [{ variable, meant: nearest(variable, own, 'CERTLOOP'), isOurs: true }];
      if (/^TEMPORAL[_-]/i.test(variable)) return slips(nearest(variable, temporal, 'TEMPORAL'), false);
      if (all.some((name) => variable.toUpperCase().endsWith(name))) return [];
      const meant = nearest(variable, own, '');
      return slips(meant ?? nearest(variable, temporal, ''), meant !== undefined);

      function slips(meant: string | undefined, isOurs: boolean): Unknown[] {
        return meant ? [{ variable, meant, isOurs }] : [];
      }
    });
}

/** Two slips at most, and fewer in what is short behind its prefix: `CERTLOOP_HOTS` is a slip, `CERTLOOP_POST` may be anything. */
function nearest(variable: string, names: string[], prefix: string): string | undefined {
  const typed = plain(variable, prefix);
  const byDistance = names
    .map((name) => ({ name, distance: distance(typed, plain(name, prefix)) }))
    .sort((a, b) => a.distance - b.distance);
  const [first] = byDistance;
  return first && first.distance <= Math.min(2, typed.length / 4) ? first.name : undefined;
}

/** Letters and digits alone, behind the prefix: `CERTLOOP_DATABASEURL` and `certloop_database_url` mean the same. */
function plain(name: string, prefix: string): string {
  const letters = name.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return letters.startsWith(prefix) ? letters.slice(prefix.length) : letters;
}

/** How many letters are missing, too many, another, or swapped with their neighbor (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + other);
      next.push(swapped ? Math.min(least, before[j - 2]! + 1) : least);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
