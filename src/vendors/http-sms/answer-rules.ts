import { type DataEncoding, readSeparators, type Separators } from './data-format.js';
import type { JsonPath } from './json-path.js';
import type { SettingsReader } from './settings-reader.js';

const ENCODINGS: readonly DataEncoding[] = ['json', 'text', 'form'];

/** How the gateway's answers are read. */
export interface AnswerRules {
  encoding: DataEncoding;
  separators: Separators;
  /** HTTP statuses of success. */
  isGoodStatus: (status: number) => boolean;
  /** Absent: the status says it all. */
  codePath?: JsonPath;
  isSuccess: (code: string) => boolean;
  idPath?: JsonPath;
  messagePath?: JsonPath;
  results?: ResultRules;
}

/** How entries of single numbers are read. */
export interface ResultRules {
  path: JsonPath;
  /** Absent: the entries stand in the order of the numbers. */
  phonePath?: JsonPath;
  codePath?: JsonPath;
  isSuccess: (code: string) => boolean;
  idPath?: JsonPath;
  messagePath?: JsonPath;
}

/** Reads `{ encoding, separator, recordSeparator, httpStatus, codePath, success, successPrefixes, idPath, messagePath, results }`. */
export function readAnswerRules(reader: SettingsReader): AnswerRules {
  const statuses = reader.words('httpStatus');
  const codePath = reader.jsonPath('codePath');
  const isSuccess = readSuccess(reader);
  const results = reader.has('results') ? readResultRules(reader.part('results'), isSuccess) : undefined;
  if (codePath !== undefined && isSuccess === undefined)
    reader.complain('success', 'is required, or successPrefixes: the codes that mean success');
  if (codePath === undefined && isSuccess !== undefined && results?.codePath === undefined)
    reader.complain('codePath', 'is required: where the code stands that means success');
  const rules: AnswerRules = {
    encoding: reader.choice('encoding', ENCODINGS, 'json'),
    separators: readSeparators(reader),
    isGoodStatus: (status) => (statuses === undefined ? status < 300 : statuses.includes(String(status))),
    codePath,
    isSuccess: isSuccess ?? (() => false),
    idPath: reader.jsonPath('idPath'),
    messagePath: reader.jsonPath('messagePath'),
    results,
  };
  reader.finish();
  return rules;
}

/** Whether a code means success; undefined where the settings do not say. */
function readSuccess(reader: SettingsReader): ((code: string) => boolean) | undefined {
  const words = reader.words('success');
  const prefixes = reader.words('successPrefixes');
  if (words === undefined && prefixes === undefined) return undefined;
  return (code) => (words?.includes(code) ?? false) || (prefixes?.some((prefix) => code.startsWith(prefix)) ?? false);
}

function readResultRules(reader: SettingsReader, usual: ((code: string) => boolean) | undefined): ResultRules {
  const path = reader.jsonPath('path');
  const codePath = reader.jsonPath('codePath');
  const isSuccess = readSuccess(reader) ?? usual;
  if (!reader.has('path')) reader.complain('path', 'is required: where the list of results stands');
  if (codePath !== undefined && isSuccess === undefined)
    reader.complain('success', 'is required, or successPrefixes: the codes that mean success');
  const rules: ResultRules = {
    path: path ?? [],
    phonePath: reader.jsonPath('phonePath'),
    codePath,
    isSuccess: isSuccess ?? (() => false),
    idPath: reader.jsonPath('idPath'),
    messagePath: reader.jsonPath('messagePath'),
  };
  reader.finish();
  return rules;
}
