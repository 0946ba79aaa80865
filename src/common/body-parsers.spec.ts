import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { registerBodyParsers } from './body-parsers.js';

/** What a handler gets of a JSON body: the object itself, as it was read. */
async function read(payload: string): Promise<unknown> {
  let body: unknown;
  const server = fastify();
  registerBodyParsers(server, []);
  server.post('/', (request, reply) => {
    ({ body } = request);
    return reply.code(204).send();
  });
  await server.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/json' }, payload });
  await server.close();
  return body;
}

describe('a JSON body', () => {
  it('is read as it is', async () => {
    expect(await read('{"a":[1,{"proto":"__PROTO"}],"\\u005fb":"\\u00e9"}')).toEqual({
      a: [1, { proto: '__PROTO' }],
      _b: 'é',
    });
  });

  it.each([
    '__proto__',
    '\\u005f_proto__',
    '\\u005F\\u005fproto\\u005F_',
    '__\\u0070roto__',
    '__p\\u0072\\u006F\\u0074o__',
    '\\u005f\\u005f\\u0070\\u0072\\u006f\\u0074\\u006f\\u005f\\u005f',
  ])('loses the key %s at any depth', async (key) => {
    const body = await read(`{"a":{"b":[{"c":1,"${key}":{"admin":true}}]},"${key}":{"d":2}}`);
    expect(JSON.stringify(body)).toBe('{"a":{"b":[{"c":1}]}}');
    expect(Object.keys(body as object)).toEqual(['a']);
  });
});
