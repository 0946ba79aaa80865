import { describe, expect, it } from '@jest/globals';
import { fieldProblem } from '../vendor-fields.js';
import { overHttps, robotKey } from './robot-settings.js';

describe('the key of a robot', () => {
  it('is its part of the robot’s address, not the whole', () => {
    const key = robotKey('key', 'What follows key= in its address.');
    expect(fieldProblem(key, '693axxx6-7aoc')).toBeUndefined();
    expect(fieldProblem(key, 'https://example.com/send?key=1')).toBe(
      'must be this part of the robot’s address alone, not the whole of it',
    );
  });
});

describe('the address of a robot', () => {
  it('must be one over https, unless it may be beside Tidings', () => {
    const webhookUrl = 'http://hooks.example.com/services/a/b/c';
    const problem = { path: 'settings.webhookUrl', message: 'must be an https address' };
    expect(overHttps({ webhookUrl, allowPrivateNetwork: false })).toEqual([problem]);
    expect(overHttps({ webhookUrl, allowPrivateNetwork: true })).toEqual([]);
    expect(overHttps({ webhookUrl: webhookUrl.replace('http:', 'https:') })).toEqual([]);
  });
});
