import { isIP } from 'node:net';
import { IANAZone } from 'luxon';
import { Problem } from '../../common/problem.js';

/** How one application's calls are treated; kept under `mediway` in the application's settings. */
export interface MediwaySettings {
  /** `none`: the appId alone identifies, as documented, for a trusted network. `token`: the application's token is needed too. */
  auth: 'none' | 'token';
  /** IANA zone of a sendTime that names none. */
  timeZone: string;
  /** Answer `"200"` instead of `200`, for clients that declare `code` a string as the document's table does. */
  codeAsString: boolean;
  /** Answer with the body's code as the HTTP status too, instead of 200. */
  mirrorHttpStatus: boolean;
  /** Addresses or CIDR ranges calls may come from, such as `10.1.0.0/16`; absent: any. */
  allowedAddresses?: string[];
}

export const MEDIWAY_DEFAULTS: Readonly<MediwaySettings> = {
  auth: 'none',
  timeZone: 'Asia/Shanghai',
  codeAsString: false,
  mirrorHttpStatus: false,
};

const RULES: Readonly<Record<keyof MediwaySettings, { valid: (value: unknown) => boolean; message: string }>> = {
  auth: { valid: (value) => value === 'none' || value === 'token', message: 'must be none or token' },
  timeZone: {
    valid: (value) => typeof value === 'string' && IANAZone.isValidZone(value),
    message: 'must be an IANA time zone',
  },
  codeAsString: { valid: (value) => typeof value === 'boolean', message: 'must be true or false' },
  mirrorHttpStatus: { valid: (value) => typeof value === 'boolean', message: 'must be true or false' },
  allowedAddresses: {
    valid: (value) => Array.isArray(value) && value.every(isAddressRange),
    message: 'must be a list of IP addresses or CIDR ranges',
  },
};

/**
 * The Mediway part of an application's settings, with defaults.
 * A wrong value is refused, never replaced by a default: a mistyped `token` must not open the door.
 * @throws Problem 500 `mediway_settings_invalid`, naming every wrong setting
 */
export function readMediwaySettings(applicationSettings: unknown): MediwaySettings {
  const given = section(section(applicationSettings, 'settings').mediway, 'settings.mediway');
  const named = Object.keys(RULES).filter((name): name is keyof MediwaySettings => given[name] != null);
  const errors = named
    .filter((name) => !RULES[name].valid(given[name]))
    .map((name) => ({ path: `settings.mediway.${name}`, message: RULES[name].message }));
  if (errors.length > 0) throw invalid(errors);
  return { ...MEDIWAY_DEFAULTS, ...Object.fromEntries(named.map((name) => [name, given[name]])) };
}

function section(value: unknown, path: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid([{ path, message: 'must be an object' }]);
  return value as Record<string, unknown>;
}

function isAddressRange(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

function invalid(errors: { path: string; message: string }[]): Problem {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new Problem(500, 'mediway_settings_invalid', detail, errors);
}
