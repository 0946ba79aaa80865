import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Tenants } from '../../database/tenants.js';
import { GIVE_PLACE_BACK } from './sql/give-place-back.js';
import { IS_WINDOW_FULL } from './sql/is-window-full.js';
import { TAKE_PLACE } from './sql/take-place.js';

/** How often something may be done within the last so many seconds. */
export interface PlaceRule {
  /** What is counted; unique in the organisation. Each name is a row for ever, so there must be an end to them. */
  name: string;
  places: number;
  seconds: number;
}

/** Sliding windows that all processes share. */
@Injectable()
export class RateWindow {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** Whether `take` would fail now. */
  async isFull(organisationId: number, { name, places, seconds }: PlaceRule): Promise<boolean> {
    const since = before(this.clock.now(), seconds);
    const values = [name, since, places];
    const [found] = await this.tenants.of(organisationId).query<{ isFull: boolean }>(IS_WINDOW_FULL, values);
    return found?.isFull ?? false;
  }

  /** Takes a place and returns it, or undefined when there is none. */
  async take(organisationId: number, { name, places, seconds }: PlaceRule): Promise<Date | undefined> {
    const now = this.clock.now();
    const values = [name, now, before(now, seconds), places];
    const taken = await this.tenants.of(organisationId).query<{ taken: boolean }>(TAKE_PLACE, values);
    return taken.length === 0 ? undefined : now;
  }

  /** Frees a place taken for something that was not done after all. */
  async giveBack(organisationId: number, { name }: PlaceRule, place: Date): Promise<void> {
    await this.tenants.of(organisationId).query(GIVE_PLACE_BACK, [name, place]);
  }
}

const before = (time: Date, seconds: number): Date => new Date(time.getTime() - seconds * 1000);
