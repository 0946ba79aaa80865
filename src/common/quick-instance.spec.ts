import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsString, Length, ValidateNested } from 'class-validator';
import { thorough } from '../../test/support/body-variants.js';
import { IfGiven } from './if-given.js';
import { quickInstance } from './quick-instance.js';

class Leaf {
  @IsString()
  @Length(1, 5, { each: true })
  names: string[] | string;
}

class Tree {
  @IsInt()
  size: number;

  @IfGiven()
  @ValidateNested()
  @Type(() => Leaf)
  leaf?: Leaf;

  @ValidateNested({ each: true })
  @Type(() => Leaf)
  leaves: Leaf[] = [];
}

class Changed {
  @Transform(({ value }: { value: unknown }) => Number(value))
  @IsInt()
  size: number;
}

class Converted {
  @Type(() => Number)
  @IsInt()
  size: number;
}

class Unruled {
  size: number;
}

describe('the quick way from a body to an instance', () => {
  it('knows lists of parts, and keeps what a class starts with', async () => {
    const bodies = [
      { size: 1 },
      { size: 1, leaf: { names: 'abc' }, leaves: [{ names: 'a' }, { names: 'b' }] },
      { size: 1, leaves: [{ names: 'abcdef' }] },
      { size: 1, leaf: { names: ['abcdef'] } },
      { size: 1, leaves: [null] },
    ];
    const made = bodies.map((body) => quickInstance(Tree, body));
    expect(made.map((one) => one !== undefined)).toEqual([true, true, false, false, false]);
    expect(made[0]).toStrictEqual(await thorough(Tree, bodies[0]));
    expect(made[1]).toStrictEqual(await thorough(Tree, bodies[1]));
  });

  it('leaves alone what it does not understand', () => {
    for (const type of [Changed, Converted, Unruled]) expect(quickInstance(type, { size: 1 })).toBeUndefined();
    let deep: object = {};
    for (let level = 0; level < 100_000; level++) deep = { deep };
    expect(quickInstance(Tree, { size: 1, leaf: { names: deep } })).toBeUndefined();
  });
});
