import { InvalidRequest } from '../../common/problem.js';
import { DEFAULT_TIME_ZONE, DEFAULT_URGENT_SHARE, type Pace } from './pace.js';

/** Limits as a person gives them: what is left out takes its default. */
export interface GivenPace {
  perSecond?: number | null;
  perDay?: number | null;
  timeZone?: string;
  urgentShare?: number;
}

/** @throws InvalidRequest when nothing is limited */
export function completePace(given: GivenPace): Pace {
  const { perSecond = null, perDay = null } = given;
  if (perSecond === null && perDay === null) {
    throw InvalidRequest.at('pace', 'must hold perSecond, perDay or both; null takes all limits away');
  }
  return {
    perSecond,
    perDay,
    timeZone: given.timeZone ?? DEFAULT_TIME_ZONE,
    urgentShare: given.urgentShare ?? DEFAULT_URGENT_SHARE,
  };
}
