import { Problem } from '../../common/problem.js';

/** How one application's calls are treated; kept under `mobileark` in the application's settings. */
export interface MobilearkSettings {
  /** Whether calls must be signed. */
  requireSign: boolean;
  /** Codes of the channels that each method sends through: two of kind inbox, and one of kind sms. */
  channels: { im: string; system: string; sms: string };
  /** The organisation talks over RTC: the text of an IM may then have 2048 bytes at most. */
  rtcMode: boolean;
  /** Take mobile numbers of Hong Kong, Macau and Taiwan too. */
  allowRegionalNumbers: boolean;
  limits: {
    /** Receivers of one IM. */
    receivers: number;
    /** IMs that one sender may send within `windowSeconds`. */
    calls: number;
    windowSeconds: number;
    /** Phone numbers of one SMS call. */
    phones: number;
  };
  /** Signature of text messages; absent: the vendor's own. */
  smsSign?: string;
}

export const MOBILEARK_DEFAULTS: Readonly<MobilearkSettings> = {
  requireSign: true,
  channels: { im: 'im', system: 'system', sms: 'sms' },
  rtcMode: false,
  allowRegionalNumbers: false,
  limits: { receivers: 100, calls: 3, windowSeconds: 300, phones: 500 },
};

interface Rule {
  valid: (value: unknown) => boolean;
  message: string;
}

const YES_OR_NO: Rule = { valid: (value) => typeof value === 'boolean', message: 'must be true or false' };
const CODE = text(64);

const RULES: Readonly<Record<string, Rule>> = {
  requireSign: YES_OR_NO,
  // A department always includes those below it. Who asks for less must not be given more.
  includeSubDepartments: { valid: (value) => value === true, message: 'must be true: nothing else is supported' },
  'channels.im': CODE,
  'channels.system': CODE,
  'channels.sms': CODE,
  rtcMode: YES_OR_NO,
  allowRegionalNumbers: YES_OR_NO,
  'limits.receivers': wholeNumber(1_000),
  'limits.calls': wholeNumber(1_000),
  'limits.windowSeconds': wholeNumber(86_400),
  'limits.phones': wholeNumber(5_000),
  smsSign: text(32),
};

/**
 * The MobileArk part of an application's settings, with defaults.
 * A wrong value is refused, never replaced by a default: a mistyped switch must not open the door.
 * @throws Problem 500 `mobileark_settings_invalid`, naming every wrong setting
 */
export function readMobilearkSettings(applicationSettings: unknown): MobilearkSettings {
  const all = section(applicationSettings, 'settings');
  const given = section(all.mobileark, 'settings.mobileark');
  const channels = section(given.channels, 'settings.mobileark.channels');
  const limits = section(given.limits, 'settings.mobileark.limits');
  const errors = Object.entries(RULES).flatMap(([name, { valid, message }]) => {
    const [first = '', second] = name.split('.');
    const value = second === undefined ? given[first] : (first === 'channels' ? channels : limits)[second];
    return value == null || valid(value) ? [] : [{ path: `settings.mobileark.${name}`, message }];
  });
  if (errors.length > 0) throw invalid(errors);
  return {
    ...MOBILEARK_DEFAULTS,
    ...known(given, ['requireSign', 'rtcMode', 'allowRegionalNumbers', 'smsSign']),
    channels: { ...MOBILEARK_DEFAULTS.channels, ...known(channels, ['im', 'system', 'sms']) },
    limits: { ...MOBILEARK_DEFAULTS.limits, ...known(limits, ['receivers', 'calls', 'windowSeconds', 'phones']) },
  };
}

/** The settings of these names that have a value. */
function known(given: Record<string, unknown>, names: readonly string[]): Record<string, never> {
  return Object.fromEntries(names.filter((name) => given[name] != null).map((name) => [name, given[name]])) as Record<
    string,
    never
  >;
}

function section(value: unknown, path: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid([{ path, message: 'must be an object' }]);
  return value as Record<string, unknown>;
}

function text(longest: number): Rule {
  return {
    valid: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= longest,
    message: `must be a text of 1 to ${longest} characters`,
  };
}

function wholeNumber(most: number): Rule {
  return {
    valid: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most,
    message: `must be a whole number from 1 to ${most}`,
  };
}

function invalid(errors: { path: string; message: string }[]): Problem {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new Problem(500, 'mobileark_settings_invalid', detail, errors);
}
