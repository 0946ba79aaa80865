import { type CronExpression, CronExpressionParser } from 'cron-parser';
import { InvalidRequest } from '../common/problem.js';

/** `H` means "some value" and is drawn anew on every reading, so two processes would disagree about the slots. */
const DRAWN = /(^|[\s,])H/i;

function read(cron: string, timeZone: string, from: Date): CronExpression {
  return CronExpressionParser.parse(cron, { currentDate: from, tz: timeZone });
}

/** The first run after `after`, or undefined when none comes any more. */
export function nextRun(cron: string, timeZone: string, after: Date): Date | undefined {
  return nextRuns(cron, timeZone, after, 1)[0];
}

/** The next `count` runs after `after`; fewer when no more come. */
export function nextRuns(cron: string, timeZone: string, after: Date, count: number): Date[] {
  const runs: Date[] = [];
  try {
    const expression = read(cron, timeZone, after);
    while (runs.length < count) runs.push(expression.next().toDate());
  } catch {
    // The library throws when it has searched all the years it looks into.
  }
  return runs;
}

/** The last run at or before `until`. */
export function latestRun(cron: string, timeZone: string, until: Date): Date {
  return read(cron, timeZone, new Date(until.getTime() + 1))
    .prev()
    .toDate();
}

/**
 * Checks an expression and returns its first run after `now`.
 *
 * @throws InvalidRequest naming `cron`
 */
export function firstRun(cron: string, timeZone: string, now: Date): Date {
  const fields = cron.trim().split(/\s+/).length;
  if (fields !== 5 && fields !== 6)
    throw InvalidRequest.at('cron', `must have 5 fields, or 6 with the seconds first; it has ${fields}`);
  if (DRAWN.test(cron)) throw InvalidRequest.at('cron', 'must name its times; "H" is not supported');
  try {
    return read(cron, timeZone, now).next().toDate();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw InvalidRequest.at(
      'cron',
      /explicit day of month|loop limit|time span/.test(why) ? 'never comes' : `cannot be read: ${why}`,
    );
  }
}
