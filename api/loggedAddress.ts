/** What stands behind these opens something for whoever has it: a task, a person's mails, a session. */
const secretParts = ['answer', 'unsubscribe', 'link'];
const behindThem = new RegExp(`((?:^|/)(?:${secretParts.join('|')})/+)[^/?&#]+`, 'g');

/** What a provider of OpenID Connect hands over in an address, and what callers put there that belongs into a header. */
const secretNames = [
  ...['code', 'state', 'token', 'access_token', 'id_token', 'refresh_token', 'bearer', 'authorization'],
  ...['api_key', 'api-key', 'apikey', 'password', 'secret', 'client_secret'],
];
const ofThem = new RegExp(`([?&;](?:${secretNames.join('|')})=)[^&#]*`, 'gi');

/** A bearer token, wherever it stands. */
const bearerTokens = /clp_[\w-]*/gi;

/** How often something can be encoded over what was encoded, as an address is that leads back to another. */
const mostTimes = 3;

/**
 * The address of a request as a log may have it: logs are read by more people than links are given to. What is hidden is found
 * however it is encoded; what hides nothing is logged as it came.
 */
export function loggedAddress(url: string): string {
  const [path = '', ...query] = url.split('?');
  const shown = loggedPath(path);
  return query.length === 0 ? shown : `${shown}?${query.join('?').split('&').map(loggedPair).join('&')}`;
}

function loggedPath(path: string): string {
  const parts = path.split('/');
  const before = (index: number) => parts.slice(0, index).findLast((part) => part !== '') ?? '';
  const isSecret = (index: number) => secretParts.includes(decoded(before(index)));
  return parts.map((part, index) => (part !== '' && isSecret(index) ? '…' : loggedText(part))).join('/');
}

function loggedPair(pair: string): string {
  const [name = '', ...value] = pair.split('=');
  const isSecret =
    value.length > 0 &&
    secretNames.includes(
      decoded(name)
        .replace(/\[.*\]$/, '')
        .toLowerCase(),
    );
  return isSecret ? `${name}=…` : loggedText(pair);
}

/** A text in which addresses can stand that were encoded once more. */
function loggedText(text: string): string {
  const readable = decoded(text);
  const shown = readable.replace(bearerTokens, 'clp_…').replace(behindThem, '$1…').replace(ofThem, '$1…');
  return shown === readable ? text : shown;
}

/** Secrets, and the names before them, are ASCII: other characters stay as they are, and what is not encoded well spoils nothing. */
function decoded(text: string): string {
  let readable = text;
  for (let times = 0; times < mostTimes; times++)
    readable = readable.replace(/%([0-7][\da-f])/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  return readable;
}
