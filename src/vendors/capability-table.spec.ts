import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { capabilityTable } from './capability-table.js';
import { listDefinitions } from './list-definitions.js';

describe('the table of capabilities', () => {
  it('in docs/vendors.md is what the definitions say', async () => {
    const page = await readFile('docs/vendors.md', 'utf8');
    const table = /<!-- capabilities -->\n\n([\s\S]*?)\n\n<!-- \/capabilities -->/.exec(page)?.[1];
    expect(table).toBe(capabilityTable(await listDefinitions()));
  });
});
