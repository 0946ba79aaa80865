import { ValidationPipe } from '@nestjs/common';

const pipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
});

/** What class-transformer and class-validator make of a body; undefined when they refuse it. */
export async function thorough(type: new () => object, body: unknown): Promise<unknown> {
  try {
    return (await pipe.transform(structuredClone(body), { type: 'body', metatype: type })) as unknown;
  } catch {
    return undefined;
  }
}

export const WRONG_VALUES: unknown[] = [
  undefined,
  null,
  '',
  'x',
  0,
  1.5,
  true,
  [],
  ['x'],
  {},
  { x: 1 },
  [[]],
  'x'.repeat(300),
];

/** Every body that differs from this one in one field, at any depth: left out, of another kind, or with a field too many. */
export function variants(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const others = Object.entries(value).flatMap(([key, inner]) => {
    const { [key]: _, ...rest } = value as Record<string, unknown>;
    return [rest, ...[...WRONG_VALUES, ...variants(inner)].map((one) => ({ ...value, [key]: one }))];
  });
  return [...others, { ...value, unknown: 1 }, { ...value, constructor: 1 }, { ...value, toString: 'x' }];
}
