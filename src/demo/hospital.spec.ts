import { describe, expect, it } from '@jest/globals';
import { GENERATED_DEPARTMENTS, GENERATED_PEOPLE, generatedCode, generatedPeople } from './generated-people.js';
import { GROUPS, PRINTED_AUDIENCE, STAFF } from './hospital.js';

describe('the hospital', () => {
  it('has somebody behind every group, and two people whom the printed requests do not reach', () => {
    for (const { kind, code } of GROUPS)
      expect(STAFF.some((person) => (person[`${kind}s`] ?? []).includes(code))).toBe(true);
    expect(STAFF.filter((person) => !PRINTED_AUDIENCE.includes(person)).map(({ code }) => code)).toEqual([
      'USER011',
      'USER012',
    ]);
  });
});

describe('generatedPeople', () => {
  const people = [...generatedPeople()];

  it('makes everybody once, with addresses nobody shares', () => {
    const all = [...people, ...STAFF];
    for (const field of ['code', 'phone', 'email'] as const)
      expect(new Set(all.map((person) => person[field])).size).toBe(GENERATED_PEOPLE + STAFF.length);
    expect(people.at(-1)?.code).toBe(generatedCode(GENERATED_PEOPLE));
    expect(people.every(({ name }) => /^\p{Script=Han}{3}$/u.test(name))).toBe(true);
  });

  it('spreads them evenly over the departments', () => {
    for (const { code } of GENERATED_DEPARTMENTS)
      expect(people.filter(({ departments }) => departments?.includes(code))).toHaveLength(500);
  });
});
