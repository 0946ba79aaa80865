import { CONCEPTS, type FieldMap } from './concepts.js';
import { wireFields, type WireField } from './wire-fields.js';
import type { ApiDocument } from '../api-documents.js';
import { LANYING_FIELDS } from './lanying-fields.js';
import { MEDIWAY_FIELDS } from './mediway-fields.js';
import { MOBILEARK_FIELDS } from './mobileark-fields.js';
import { WIRE_LIMITS } from './wire-limits.js';
import { WORKPLUS_FIELDS } from './workplus-fields.js';

/** What every field of each dialect became. */
export const DIALECT_FIELDS: Readonly<Record<string, FieldMap>> = {
  mobileark: MOBILEARK_FIELDS,
  mediway: MEDIWAY_FIELDS,
  workplus: WORKPLUS_FIELDS,
  lanying: LANYING_FIELDS,
};

/** More calls than this are counted and not named. */
const MOST_NAMED = 2;

/** The line of a map that is about a field: its own, or one for all fields below a name. */
export function keyFor(map: FieldMap, { place, name }: WireField): string | undefined {
  const own = `${place} ${name}`;
  if (Object.hasOwn(map, own)) return own;
  for (let end = own.lastIndexOf('.'); end > 0; end = own.lastIndexOf('.', end - 1)) {
    const above = `${own.slice(0, end)}.*`;
    if (Object.hasOwn(map, above)) return above;
  }
  return undefined;
}

/** Fields of the dialects that no map tells of, and lines of the maps about fields that are not there. */
export function fieldFaults(documents: readonly ApiDocument[]): string[] {
  return documents.flatMap(({ name, document }) => {
    const map = DIALECT_FIELDS[name];
    if (map === undefined) return [];
    const fields = wireFields(document);
    const keys = fields.map((field) => keyFor(map, field));
    const untold = fields.filter((_, index) => keys[index] === undefined);
    return [
      ...untold.map(({ place, name: field }) => `${name}: nothing is told of ${place} ${field}`),
      ...Object.keys(map)
        .filter((key) => !keys.includes(key))
        .map((key) => `${name}: there is no ${key}`),
    ];
  });
}

/** Whether two pages differ in nothing but how their tables are aligned. */
export function sameText(one: string, other: string): boolean {
  const unaligned = (page: string): string => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---').replace(/\\_/g, '_');
  return unaligned(one) === unaligned(other);
}

/** The page `docs/reconciliation.md`, made of the API documents and the maps. */
export function reconciliationPage(documents: readonly ApiDocument[]): string {
  const sections = documents.flatMap((document) => {
    const map = DIALECT_FIELDS[document.name];
    return map === undefined ? [] : [section(document, map)];
  });
  return [INTRODUCTION, concepts(), limits(), ...sections].join('\n\n') + '\n';
}

const INTRODUCTION = `# Reconciliation

Four APIs say the same things in other words. This page names every field of each of them, what it becomes in Tidings, and what its wire
cannot say. It is made by \`npm run cli -- reconciliation\` from the API documents, and the build fails when a field is missing or one too
many is told. How gaps and contradictions of the documents are settled stands in [dialects.md](dialects.md).`;

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

function concepts(): string {
  const rows = Object.entries(CONCEPTS).map(([name, meaning]) => [name, meaning]);
  return `## Concepts\n\n${table(['concept', 'meaning'], rows)}`;
}

function limits(): string {
  const head = ['', 'MobileArk', 'Mediway', 'WorkPlus', 'Lanying'];
  return `## What a wire can and cannot say\n\n${table(
    head,
    WIRE_LIMITS.map((cells) => [...cells]),
  )}`;
}

function section({ title, document }: ApiDocument, map: FieldMap): string {
  const rows = wireFields(document).map((field) => {
    const [concept, note] = map[keyFor(map, field) ?? ''] ?? ['', ''];
    return [`\`${field.name}\``, field.place, calls(field.calls), concept, note];
  });
  return `## ${title}\n\n${table(['field', 'where', 'calls', 'concept', 'in Tidings'], rows)}`;
}

const calls = (names: readonly string[]): string =>
  names.length > MOST_NAMED ? `${names.length} calls` : names.map((name) => `\`${name}\``).join(', ');
