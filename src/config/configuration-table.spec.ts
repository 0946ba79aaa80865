import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { configurationTable } from './configuration-table.js';

describe('the README', () => {
  it('holds the configuration as it is', async () => {
    const readme = await readFile('README.md', 'utf8');
    const table = /<!-- configuration -->\n\n([\s\S]*?)\n\n<!-- \/configuration -->/.exec(readme)?.[1];
    expect(table).toBe(configurationTable());
  });
});
