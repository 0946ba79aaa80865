import { describe, expect, it } from '@jest/globals';
import { isPlanId, materialId } from './ids.js';

describe('the id of a material', () => {
  it('is a UUID that follows from the push', () => {
    const plan = 'f3b9250c-96d4-414b-be7f-308f2fdeca99';
    expect(materialId(plan)).toBe(materialId(plan));
    expect(materialId(plan)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const many = Array.from({ length: 1_000 }, (_, n) => materialId(`${plan}${n}`));
    expect(new Set(many).size).toBe(1_000);
    expect(many.every(isPlanId)).toBe(true);
  });
});
