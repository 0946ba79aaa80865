/** An account's settings, with their types; what each means is in the definition. */
export interface WebhookSettings {
  url: string;
  secret: string;
  connections: number;
  timeoutSeconds: number;
  allowPrivateNetwork: boolean;
}

const SHORTEST_SECRET = 16;

/** What makes these settings unusable, for a person; types and required ones are checked before. */
export function settingsProblem({ url, secret, connections, timeoutSeconds }: WebhookSettings): string | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    return 'The setting url must be an http or https address.';
  }
  const { username, password } = new URL(url);
  if (username !== '' || password !== '') return 'The setting url must hold no user and password; requests are signed.';
  if (secret.length < SHORTEST_SECRET) return `The setting secret must have at least ${SHORTEST_SECRET} characters.`;
  if (connections < 1 || connections > 256) return 'The setting connections must be 1 to 256.';
  if (timeoutSeconds < 1 || timeoutSeconds > 30) return 'The setting timeoutSeconds must be 1 to 30.';
  return undefined;
}
