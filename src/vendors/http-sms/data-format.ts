import type { SettingsReader } from './settings-reader.js';

/** How data is written: text is records, each of which is values. */
export type DataEncoding = 'json' | 'form' | 'text';

/** Of text: between the values of a record, and between the records. */
export interface Separators {
  value: string;
  record: string;
}

export function readSeparators(reader: SettingsReader): Separators {
  const separator = (name: string, usual: string): string => {
    const text = reader.text(name);
    if (text === '') reader.complain(name, 'must not be empty');
    return text || usual;
  };
  return { value: separator('separator', ','), record: separator('recordSeparator', '\n') };
}

/** The value that a text holds, of any shape; undefined for what is not written so. */
export function parseData(text: string, encoding: DataEncoding, { value, record }: Separators): unknown {
  switch (encoding) {
    case 'form':
      return Object.fromEntries(new URLSearchParams(text));
    case 'text':
      return text
        .split(record)
        .filter((part) => part.trim() !== '')
        .map((part) => part.split(value).map((word) => word.trim()));
    case 'json':
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
  }
}
