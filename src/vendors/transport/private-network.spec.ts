import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { openAgent } from './open-agent.js';
import { isPrivateAddress, PrivateAddressError, publicOnly } from './private-network.js';

const resolved = (...addresses: string[]): LookupAddress[] =>
  addresses.map((address) => ({ address, family: isIP(address) }));

function connectTo(addresses: LookupAddress[], all = true): Promise<unknown> {
  return new Promise((resolve, reject) => {
    publicOnly((_host, _options, done) => done(null, addresses))('example.com', { all }, (error, answer) =>
      error === null ? resolve(answer) : reject(error),
    );
  });
}

describe('an address', () => {
  it.each([
    ['this machine', ['127.0.0.1', '127.255.255.254', '0.0.0.0', '::1', '::', '::127.0.0.1']],
    ['a network of its own', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fd00::1']],
    ['the same link, as where clouds keep credentials', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'fec0::1']],
    ['nobody in particular', ['224.0.0.1', '255.255.255.255', 'ff02::1', '198.18.0.1', '192.0.0.8']],
    ['an IPv4 address within IPv6', ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:169.254.169.254', '::FFFF:10.0.0.1']],
    ['one that a gateway translates', ['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '2002:7f00:1::', '2001:0:a00:1::']],
  ])('of %s is private', (_what, addresses) => {
    expect(addresses.filter((address) => !isPrivateAddress(address))).toEqual([]);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '169.253.0.1', '100.128.0.1', '2606:4700::1', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );
});

describe('a name', () => {
  it('that leads to public addresses is connected to at just these', async () => {
    const addresses = resolved('93.184.216.34', '2606:4700::1');
    expect(await connectTo(addresses)).toEqual(addresses);
    expect(await connectTo(addresses, false)).toBe('93.184.216.34');
  });

  it.each([['127.0.0.1'], ['93.184.216.34', '10.0.0.1'], ['2606:4700::1', '::ffff:192.168.0.1']])(
    'that leads to %s %s is not connected to at all',
    async (...addresses) => {
      const refused = connectTo(resolved(...addresses));
      await expect(refused).rejects.toThrow(PrivateAddressError);
      await expect(refused).rejects.toMatchObject({ code: 'private-address' });
      await expect(refused).rejects.toThrow(`example.com (${addresses.at(-1)}) lies in a private network`);
    },
  );

  it('that nobody knows stays unknown', async () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const answer = new Promise((_resolve, reject) => {
      publicOnly((_host, _options, done) => done(unknown, []))('example.com', {}, reject);
    });
    await expect(answer).rejects.toBe(unknown);
  });
});

describe('a connection', () => {
  let server: Server;
  let port: number;
  let connections = 0;

  beforeEach(async () => {
    connections = 0;
    server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
    server.on('connection', () => connections++);
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  afterEach(() => void server.close());

  async function visit(host: string, allowPrivateNetwork: boolean): Promise<string> {
    const agent = openAgent({ connections: 1, allowPrivateNetwork });
    try {
      const { body } = await request(`http://${host}:${port}/`, { dispatcher: agent });
      return await body.text();
    } finally {
      await agent.destroy();
    }
  }

  // Other spellings of 127.0.0.1, which the URL parser or the resolver turns into it.
  it.each([
    '127.0.0.1',
    'localhost',
    '127.1',
    '2130706433',
    '0x7f.1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
  ])('to %s is not even opened, unless that is allowed', async (host) => {
    await expect(visit(host, false)).rejects.toMatchObject({ code: 'private-address' });
    expect(connections).toBe(0);
  });

  it('is opened where it is allowed', async () => {
    expect(await visit('127.0.0.1', true)).toBe('here');
  });
});
