/** What stands behind these opens something for whoever has it: a task, a person's mails, a session. */
const secretParts = /(\/(?:answer|unsubscribe|link)\/)[^/?]+/g;

/** What a provider of OpenID Connect hands over in an address. */
const secretValues = /([?&](?:code|state|token)=)[^&]*/g;

/** The address of a request as a log may have it: logs are read by more people than links are given to. */
export function loggedAddress(url: string): string {
  return url.replace(secretParts, '$1…').replace(secretValues, '$1…');
}
