import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '../common/problem.js';
import { checkSettings } from './account-settings.js';
import type { VendorDefinition } from './vendor.js';

const PIGEON: VendorDefinition = {
  code: 'pigeon',
  name: 'Carrier pigeon',
  kind: 'any',
  settings: [
    { name: 'loft', type: 'string', description: 'Where it lives.', required: true },
    { name: 'key', type: 'string', description: 'Key of the loft.', required: true, sensitive: true },
    { name: 'birds', type: 'integer', description: 'How many.', default: 3 },
    { name: 'speed', type: 'number', description: 'Metres a second.' },
    { name: 'tame', type: 'boolean', description: 'Whether it is tame.', default: false },
    { name: 'routes', type: 'array', description: 'Ways it knows.' },
    { name: 'food', type: 'object', description: 'What it eats.' },
  ],
  capabilities: {
    batchSize: 1,
    requestSize: 1,
    concurrency: 1,
    receipts: false,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: null,
    paceUnit: 'requests',
  },
};

function problemsOf(settings: Record<string, unknown>): string[] {
  try {
    checkSettings(PIGEON, settings);
  } catch (error) {
    if (error instanceof InvalidRequest) return error.errors.map(({ path, message }) => `${path} ${message}`);
    throw error;
  }
  return [];
}

describe('the settings of a vendor account', () => {
  it('are split into plain and secret ones, with defaults filled in', () => {
    expect(checkSettings(PIGEON, { loft: 'north', key: 's3cret', speed: 1.5, routes: [], food: null })).toEqual({
      settings: { loft: 'north', birds: 3, speed: 1.5, tame: false, routes: [] },
      secrets: { key: 's3cret' },
    });
  });

  it('keep false and 0 as given', () => {
    expect(checkSettings(PIGEON, { loft: 'n', key: 'k', birds: 0, tame: false }).settings).toMatchObject({
      birds: 0,
      tame: false,
    });
  });

  it('are refused with every problem named at once', () => {
    const wrong = { key: '', birds: 1.5, speed: Number.NaN, tame: 'yes', routes: {}, food: [], wings: 2 };
    expect(problemsOf(wrong)).toEqual([
      'settings.wings is not a setting of pigeon',
      'settings.loft is required',
      'settings.key is required',
      'settings.birds must be a whole number',
      'settings.speed must be a number',
      'settings.tame must be true or false',
      'settings.routes must be an array',
      'settings.food must be an object',
    ]);
  });

  it('are not taken from the prototype of an object', () => {
    expect(problemsOf(JSON.parse('{"__proto__": {"loft": "x"}, "constructor": 1}') as Record<string, unknown>)).toEqual(
      [
        'settings.__proto__ is not a setting of pigeon',
        'settings.constructor is not a setting of pigeon',
        'settings.loft is required',
        'settings.key is required',
      ],
    );
  });
});
