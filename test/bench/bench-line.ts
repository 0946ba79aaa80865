import type { Scratch } from '../support/scratch-server.js';
import type { Broadcasts } from './broadcast-run.js';

/** One figure with what it is held against. `ratio` is value to floor, `budget` what the ratio (or, without a floor, the value) may be. */
export interface BenchResult {
  name: string;
  value: number;
  unit: string;
  floor: number | null;
  ratio: number | null;
  budget: number | null;
  ok: boolean;
}

/** A result with the way its budget is meant; without a budget it is only told. */
export interface BenchFigure extends BenchResult {
  sense: 'at most' | 'at least';
}

/** One line of the bench; it may print several figures. */
export interface BenchLine {
  name: string;
  about: string;
  run(context: BenchContext): Promise<BenchFigure[]>;
}

export interface BenchContext {
  scratch: Scratch;
  /** Recipients of the broadcasts, smallest first. */
  sizes: readonly number[];
  /** Broadcasts are measured once and shared by the lines that compare with them. */
  broadcasts: Broadcasts;
  /** The folder whose pages are to be written; undefined when none are. */
  docs: string | undefined;
  log: (text: string) => void;
}

export const ADMIN_KEY = 'admin-key-of-the-bench';

/** From this size on, budgets of a broadcast are judged; smaller ones are told only. */
export const JUDGED_SIZE = 1_000_000;

export const largest = (sizes: readonly number[]): number => Math.max(...sizes);

/** A figure that must stay below `budget` times its floor; with a budget of null it is only told. */
export function atMost(name: string, value: number, unit: string, floor: number, budget: number | null): BenchFigure {
  const ratio = value / floor;
  return { name, value, unit, floor, ratio, budget, ok: budget === null || ratio <= budget, sense: 'at most' };
}

/** A figure that must reach `budget` times what it is compared with. */
export function atLeast(name: string, value: number, unit: string, floor: number, budget: number | null): BenchFigure {
  const ratio = value / floor;
  return { name, value, unit, floor, ratio, budget, ok: budget === null || ratio >= budget, sense: 'at least' };
}

/** A figure without a floor, that must stay below `budget`; without a budget it is only told. */
export function figure(name: string, value: number, unit: string, budget: number | null = null): BenchFigure {
  return {
    name,
    value,
    unit,
    floor: null,
    ratio: null,
    budget,
    ok: budget === null || value <= budget,
    sense: 'at most',
  };
}
