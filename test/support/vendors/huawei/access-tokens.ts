import { json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';

/** A token service: gives access tokens to one client for its secret (OAuth 2.0, client credentials). */
export class AccessTokens {
  /** Given out so far. */
  grants = 0;
  private readonly good = new Set<string>();

  constructor(
    private readonly client: { id: string; secret: string },
    /** How it says what it does not know. */
    private readonly refuse: (unknown: 'client' | 'secret') => SimulatorReply,
  ) {}

  /** All tokens given out so far have aged out. */
  expire(): void {
    this.good.clear();
  }

  /** What becomes of a request with this header `authorization`. */
  check(authorization = ''): 'good' | 'expired' | 'none' {
    const token = authorization.replace(/^Bearer /, '');
    if (this.good.has(token)) return 'good';
    return token.startsWith('simulated-access-') ? 'expired' : 'none';
  }

  grant({ method, headers, body }: SeenRequest): SimulatorReply {
    const form = new URLSearchParams(body);
    if (method !== 'POST' || headers['content-type'] !== 'application/x-www-form-urlencoded') return { status: 415 };
    if (form.get('grant_type') !== 'client_credentials' || form.get('client_id') !== this.client.id)
      return this.refuse('client');
    if (form.get('client_secret') !== this.client.secret) return this.refuse('secret');
    const token = `simulated-access-${++this.grants}`;
    this.good.add(token);
    return json({ access_token: token, expires_in: 3600, token_type: 'Bearer' });
  }
}
