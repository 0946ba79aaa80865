import { Problem } from '../../common/problem.js';

const MIB = 1024 * 1024;
/** Beyond this an upload is no attachment of a message. */
const MOST_BYTES = 1024 * MIB;

/** How one application's calls are treated; kept under `workplus` in the application's settings. */
export interface WorkPlusSettings {
  /** 域标识 that callers name and replies carry. */
  domainId: string;
  /** 组织标识 that callers name and replies carry. */
  orgId: string;
  /** 应用标识 in replies; absent: the application's code. */
  appId?: string;
  /** Code of the channel, of kind inbox, that messages go through. */
  channel: string;
  /** Language of templates made by calls, and the one chosen of templates that have several. */
  locale: string;
  /** Refuse messages whose media ids look like ours and name nothing here. */
  checkMedia: boolean;
  /** Largest file, in bytes. */
  fileMaxBytes: number;
  /** Largest image, in bytes. */
  imageMaxBytes: number;
}

type Defaults = Omit<WorkPlusSettings, 'domainId' | 'orgId' | 'appId'>;

export const WORKPLUS_DEFAULTS: Readonly<Defaults> = {
  channel: 'app',
  locale: 'zh-CN',
  checkMedia: true,
  fileMaxBytes: 20 * MIB,
  imageMaxBytes: 5 * MIB,
};

interface Rule {
  valid: (value: unknown) => boolean;
  message: string;
}

const WORD: Rule = {
  valid: (value) => typeof value === 'string' && /^\S{1,128}$/.test(value),
  message: 'must be 1 to 128 characters without blanks',
};
const BYTES: Rule = {
  valid: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= MOST_BYTES,
  message: `must be a whole number of bytes from 1 to ${MOST_BYTES}`,
};
const RULES: Readonly<Record<keyof WorkPlusSettings, Rule>> = {
  domainId: WORD,
  orgId: WORD,
  appId: WORD,
  channel: WORD,
  locale: { valid: isLocale, message: 'must be a locale such as zh-CN' },
  checkMedia: { valid: (value) => typeof value === 'boolean', message: 'must be true or false' },
  fileMaxBytes: BYTES,
  imageMaxBytes: BYTES,
};
const REQUIRED: readonly string[] = ['domainId', 'orgId'];

/**
 * The WorkPlus part of an application's settings, with defaults; undefined when there is none.
 * A wrong value is refused, never replaced by a default.
 * @throws Problem 500 `workplus_settings_invalid`, naming every wrong setting
 */
export function readWorkPlusSettings(
  applicationSettings: Readonly<Record<string, unknown>>,
): WorkPlusSettings | undefined {
  const section = Object.hasOwn(applicationSettings, 'workplus') ? applicationSettings.workplus : undefined;
  if (section === undefined || section === null) return undefined;
  if (typeof section !== 'object' || Array.isArray(section)) throw invalidSetting('', 'must be an object');
  const values = section as Record<string, unknown>;
  const names = Object.keys(RULES).filter((name): name is keyof WorkPlusSettings => values[name] != null);
  const lacking = REQUIRED.filter((name) => values[name] == null).map((name) => `${path(name)}: is required`);
  const wrong = names
    .filter((name) => !RULES[name].valid(values[name]))
    .map((name) => `${path(name)}: ${RULES[name].message}`);
  if (lacking.length + wrong.length > 0) throw invalid([...lacking, ...wrong]);
  const chosen = Object.fromEntries(names.map((name) => [name, values[name]]));
  return { ...WORKPLUS_DEFAULTS, ...chosen } as WorkPlusSettings;
}

/** What to say when a setting turns out wrong later, such as a channel that is not there. */
export const invalidSetting = (name: string, message: string): Problem => invalid([`${path(name)}: ${message}`]);

const path = (name: string): string => (name === '' ? 'settings.workplus' : `settings.workplus.${name}`);

const invalid = (errors: string[]): Problem => new Problem(500, 'workplus_settings_invalid', errors.join('; '));

function isLocale(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    return Intl.getCanonicalLocales(value)[0] === value;
  } catch {
    return false;
  }
}
