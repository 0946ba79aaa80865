import { DELIVERED, PENDING } from './codes.js';
import { readSeparators, type Separators } from './data-format.js';
import type { JsonPath } from './json-path.js';
import type { SettingsReader } from './settings-reader.js';
import { type TimeFormat, timeFormatProblem } from './time-format.js';

const ENCODINGS = ['json', 'form', 'query', 'text'] as const;
const LIST_ENCODINGS = ['json', 'text'] as const;
const SUBJECTS = ['reference', 'tag', 'vendorReference'] as const;

/** How the gateway's receipts are read, and what they are answered with. */
export interface ReceiptRules {
  /** `query`: they come by GET. */
  encoding: (typeof ENCODINGS)[number];
  separators: Separators;
  /** Absent: the whole is the list, or the one entry. */
  listPath?: JsonPath;
  /** How the list is written where it stands as a text. */
  listEncoding: (typeof LIST_ENCODINGS)[number];
  /** What of ours `subjectPath` leads to. */
  subject: (typeof SUBJECTS)[number];
  subjectPath: JsonPath;
  phonePath?: JsonPath;
  statusPath: JsonPath;
  delivered: ReadonlySet<string>;
  gone: ReadonlySet<string>;
  pending: ReadonlySet<string>;
  timePath?: JsonPath;
  timeFormat: TimeFormat;
  answer: { body: string; contentType: string };
}

/** Times are by the clocks of `timeZone`. */
export function readReceiptRules(reader: SettingsReader, timeZone: string): ReceiptRules {
  const rules: ReceiptRules = {
    encoding: reader.choice('encoding', ENCODINGS, 'json'),
    separators: readSeparators(reader),
    listPath: reader.jsonPath('listPath'),
    listEncoding: reader.choice('listEncoding', LIST_ENCODINGS, 'json'),
    subject: reader.choice('subject', SUBJECTS, 'vendorReference'),
    subjectPath: reader.jsonPath('subjectPath') ?? [],
    phonePath: reader.jsonPath('phonePath'),
    statusPath: reader.jsonPath('statusPath') ?? [],
    delivered: new Set(reader.words('delivered') ?? DELIVERED),
    gone: new Set(reader.words('gone')),
    pending: new Set(reader.words('pending') ?? PENDING),
    timePath: reader.jsonPath('timePath'),
    timeFormat: { pattern: reader.text('timeFormat') ?? 'yyyyMMddHHmmss', timeZone },
    answer: {
      body: reader.text('answer') ?? 'OK',
      contentType: reader.text('contentType') ?? 'text/plain; charset=utf-8',
    },
  };
  checkRules(reader, rules);
  reader.finish();
  return rules;
}

function checkRules(reader: SettingsReader, { subject, timeFormat }: ReceiptRules): void {
  if (!reader.has('subjectPath')) reader.complain('subjectPath', 'is required: where the subject stands in an entry');
  if (!reader.has('statusPath')) reader.complain('statusPath', 'is required: where the status stands in an entry');
  if (subject === 'tag' && !reader.has('phonePath'))
    reader.complain('phonePath', 'is required: a tag names a delivery together with the number');
  const problem = timeFormatProblem(timeFormat);
  if (problem !== undefined) reader.complain('timeFormat', problem);
}
