import { Problem } from '../../common/problem.js';

/** How one application's calls are treated; kept under `lanying` in the application's settings. */
export interface LanyingSettings {
  /** 推送功能. Off: the three push calls answer 12006. */
  pushEnabled: boolean;
  /** Code of the channel, of kind push, that notifications go out on. */
  channel: string;
  /** Code of the vendor account on that channel which reaches connected devices: 蓝莺通道. */
  liveAccount: string;
  /** Leave secrets and certificates out of what `/push/certificate` returns. */
  redactCertificates: boolean;
  /** For so many days a request_id stands for the task it first made. */
  dedupDays: number;
  /** Anybody who knows the app_id may register a user; otherwise an admin token is needed. */
  openRegistration: boolean;
  /** Users may tag themselves; otherwise only an admin token tags. */
  userTags: boolean;
}

export const LANYING_DEFAULTS: Readonly<LanyingSettings> = {
  pushEnabled: true,
  channel: 'push',
  liveAccount: 'live',
  redactCertificates: false,
  dedupDays: 7,
  openRegistration: true,
  userTags: true,
};

interface Rule {
  valid: (value: unknown) => boolean;
  message: string;
}

const SWITCH: Rule = { valid: (value) => typeof value === 'boolean', message: 'must be true or false' };
const CODE: Rule = {
  valid: (value) => typeof value === 'string' && value.length >= 1 && value.length <= 64,
  message: 'must be a code of 1 to 64 characters',
};

const RULES: Readonly<Record<keyof LanyingSettings, Rule>> = {
  pushEnabled: SWITCH,
  channel: CODE,
  liveAccount: CODE,
  redactCertificates: SWITCH,
  dedupDays: {
    valid: (value) => Number.isSafeInteger(value) && Number(value) >= 7 && Number(value) <= 3650,
    message: 'must be a whole number from 7 to 3650',
  },
  openRegistration: SWITCH,
  userTags: SWITCH,
};

/**
 * The Lanying part of an application's settings, with defaults.
 * A wrong value is refused, never replaced by a default: a mistyped switch must not open anything.
 * @throws Problem 500 `lanying_settings_invalid`, naming every wrong setting
 */
export function readLanyingSettings(applicationSettings: unknown): LanyingSettings {
  const given = section(section(applicationSettings, 'settings').lanying, 'settings.lanying');
  const named = Object.keys(RULES).filter((name): name is keyof LanyingSettings => given[name] != null);
  const errors = named
    .filter((name) => !RULES[name].valid(given[name]))
    .map((name) => ({ path: `settings.lanying.${name}`, message: RULES[name].message }));
  if (errors.length > 0) throw invalid(errors);
  return { ...LANYING_DEFAULTS, ...Object.fromEntries(named.map((name) => [name, given[name]])) };
}

function section(value: unknown, path: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid([{ path, message: 'must be an object' }]);
  return value as Record<string, unknown>;
}

function invalid(errors: { path: string; message: string }[]): Problem {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new Problem(500, 'lanying_settings_invalid', detail, errors);
}
