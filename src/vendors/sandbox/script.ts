import { type FieldError, InvalidRequest } from '../../common/problem.js';
import type { AccountVerdict, Outcome, VendorTarget } from '../vendor.js';
import { fraction } from './fraction.js';

const FAILURES = ['rejected', 'retry', 'unreachable', 'unknown'] as const;
const STATUSES = ['accepted', 'address-gone', ...FAILURES] as const;
const ACCOUNT_PROBLEMS = ['none', 'credentials', 'quota', 'throttled', 'unreachable'] as const;
const ACCEPTED: Outcome = Object.freeze({ status: 'accepted' });

interface Rule {
  match: string;
  status: Outcome['status'];
  code?: string;
  times?: number;
  afterSeconds?: number;
}

/** How the sandbox behaves: an account's settings, with their types. */
interface Settings {
  latencyMs: number;
  failureRate: number;
  failureStatus: (typeof FAILURES)[number];
  failureCode: string;
  deadAddresses: string[];
  rules: Rule[];
  accountProblem: 'none' | AccountVerdict['problem'];
  receipts?: { delivered?: number; read?: number; afterMs?: number };
  journal: boolean;
}

/** Decides what becomes of each target, from the settings and the target alone. */
export class Script {
  private readonly failure: Outcome;
  private readonly dead: ReadonlySet<string>;

  private constructor(readonly settings: Settings) {
    this.failure = { status: settings.failureStatus, code: settings.failureCode };
    this.dead = new Set(settings.deadAddresses);
  }

  /** @throws InvalidRequest naming each setting whose value the sandbox cannot act out */
  static parse(settings: Readonly<Record<string, unknown>>): Script {
    const script = settings as unknown as Settings;
    const errors = problemsOf(script);
    if (errors.length > 0) throw new InvalidRequest(errors);
    return new Script(script);
  }

  outcome({ reference, address }: VendorTarget, attempt: number): Outcome {
    const { rules, failureRate } = this.settings;
    const rule = rules.find((rule) => attempt <= (rule.times ?? Infinity) && matches(rule.match, address));
    if (rule) return outcomeOf(rule);
    if (this.dead.has(address)) return { status: 'address-gone', code: 'sandbox-dead-address' };
    return failureRate > 0 && fraction(`failure ${reference}`) < failureRate ? this.failure : ACCEPTED;
  }
}

function matches(pattern: string, address: string): boolean {
  return pattern.endsWith('*') ? address.startsWith(pattern.slice(0, -1)) : address === pattern;
}

function outcomeOf({ status, code = 'sandbox-rule', afterSeconds }: Rule): Outcome {
  if (status === 'accepted') return ACCEPTED;
  return status === 'retry' ? { status, code, afterSeconds } : { status, code };
}

function problemsOf(settings: Settings): FieldError[] {
  const errors: FieldError[] = [];
  const check = (name: string, holds: boolean, message: string): void => {
    if (!holds) errors.push({ path: `settings.${name}`, message });
  };
  const oneOf = (name: string, value: string, allowed: readonly string[]): void =>
    check(name, allowed.includes(value), `must be one of ${allowed.join(', ')}`);
  const share = (name: string, value = 0): void => check(name, value >= 0 && value <= 1, 'must be between 0 and 1');

  check('latencyMs', settings.latencyMs >= 0, 'must not be negative');
  share('failureRate', settings.failureRate);
  oneOf('failureStatus', settings.failureStatus, FAILURES);
  oneOf('accountProblem', settings.accountProblem, ACCOUNT_PROBLEMS);
  check(
    'deadAddresses',
    settings.deadAddresses.every((address) => typeof address === 'string'),
    'must hold strings',
  );
  settings.rules.forEach((rule, index) => {
    check(`rules[${index}].match`, typeof rule?.match === 'string', 'must be an address or a prefix ending in *');
    oneOf(`rules[${index}].status`, rule?.status, STATUSES);
  });
  share('receipts.delivered', settings.receipts?.delivered);
  share('receipts.read', settings.receipts?.read);
  check('receipts.afterMs', (settings.receipts?.afterMs ?? 0) >= 0, 'must not be negative');
  return errors;
}
