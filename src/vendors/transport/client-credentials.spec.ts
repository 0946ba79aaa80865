import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemClock } from '../../common/clock.js';
import { AccountHttp } from './account-http.js';
import { grantToken } from './client-credentials.js';

const http = new AccountHttp(new SystemClock());
const account = { id: 1, organisationId: 1, code: 'pigeon', settings: { allowPrivateNetwork: true } };
let server: Server;
let answer: RequestListener;

beforeEach(async () => {
  server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});

function grant(signal = new AbortController().signal): ReturnType<typeof grantToken> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  return grantToken(http, account, { url, id: 'i', secret: 's' }, { signal, now: new Date() });
}

describe('a token service', () => {
  it.each([
    ['{"access_token":"t","expires_in":600}', 600],
    ['{"access_token":"t","expires_in":"600"}', 600],
    ['{"access_token":"t"}', 3600],
    ['{"access_token":"t","expires_in":-1}', 3600],
  ])('that answers %s gives a token', async (body, expiresInSeconds) => {
    answer = (_request, response) => response.end(body);
    expect(await grant()).toEqual({ token: 't', expiresInSeconds });
  });

  it.each([
    [401, '{"error":1101,"error_description":"wrong"}', 'credentials', '1101'],
    [200, '{"error":"invalid_client"}', 'credentials', 'invalid_client'],
    [403, '<html>', 'credentials', 'http-403'],
    [429, '{}', 'throttled', 'http-429'],
    [503, '', 'throttled', 'http-503'],
    [500, '{"error":1,"error_description":"x"}', 'unreachable', '1'],
    [302, '', 'unreachable', 'http-302'],
    [200, '{"access_token":7}', 'unreachable', 'no-token'],
    [200, 'null', 'unreachable', 'no-token'],
  ])('that answers %i %s is trouble of the account: %s', async (status, body, problem, code) => {
    answer = (_request, response) => response.writeHead(status).end(body);
    expect(await grant()).toMatchObject({
      refused: { account: { problem, code }, outcome: { status: 'retry', code } },
    });
  });

  it('whose answer is lost leaves pushes untouched: none has left', async () => {
    answer = (request) => request.socket.destroy();
    expect(await grant()).toMatchObject({
      refused: { account: { problem: 'unreachable' }, outcome: { status: 'retry' } },
    });
  });

  it('that nobody waits for any longer is nobody’s trouble', async () => {
    const abort = new AbortController();
    answer = () => abort.abort();
    const given = await grant(abort.signal);
    expect(given).toMatchObject({ refused: { outcome: { status: 'retry', code: 'aborted' } } });
    expect(given).not.toHaveProperty('refused.account');
  });
});
