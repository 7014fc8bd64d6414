/** The shapes that travel between the server and the page, and the state of the page. */

export type Value = number | string | boolean | null | { [key: string]: Value };
export type Settings = Record<string, Value>;
export interface Mix { base: string; settings: Settings; title: string; question?: string; economy?: string }
export interface Pin { title: string; base: string; policies: Settings; assumptions: Settings; economy?: string }

export interface State {
  tab: string; economy: string; base: string; reference: string; policies: Settings; assumptions: Settings; both: boolean;
  onDebt: boolean; title: string; question: string; pins: Pin[]; year: number; show: string; measure: string;
  order: string; by: string; outcome: string; precision: string; language: string;
  weights: Record<string, number>; round: string;
}

export interface Parameter {
  key: string; title: string; neutral: number; lower: number; upper: number; unit: string; meaning: string;
  source: string; usual: [number, number]; step: number; display: { text: string; factor: number };
  acting: string; detail: boolean; money: boolean;
}
export interface Lever {
  key: string; title: string; strategy: string; summary: string; documentation: string; spends: boolean;
  not_spending: string; beside: Settings; parameters: Parameter[];
}
export interface Titled { key: string; title: string }
export interface Precision extends Titled { workers: number; seeds: number; note: string }
export interface Preset extends Titled { summary: string; source: string }
export interface Closure extends Titled {
  question: string; central: string; levels: (Titled & { value: number | null })[]; source: string;
}
export interface Mechanism extends Titled { family: string; summary: string }
export interface WorldParameter extends Titled {
  group: string; default: number; lower: number | null; upper: number | null; unit: string; meaning: string;
  source: string; status: string;
}
export interface Outcome extends Titled {
  unit: string; decimals: number; from_zero: boolean; better: number; headline: boolean; origin: string;
  origin_note: string; definition: string; change_unit: string; change_decimals: number;
}
export interface Measure extends Titled { table: string; noun: string; relative: boolean; better: number }
export interface Entry {
  name: string; title: string; question: string; expected_channels?: string[]; leaves_out?: string[]; base: string;
  settings: Settings; both?: boolean; economy?: string;
}
export interface Catalogue {
  version: string; language: string; economy: string; economies: Titled[]; opening_year: number; last_year: number; languages: string[];
  references: Titled[]; precisions: Precision[]; strategies: Titled[]; levers: Lever[]; presets: Preset[];
  closures: Closure[]; families: Titled[]; mechanisms: Mechanism[]; parameter_groups: Titled[];
  parameters: WorldParameter[]; statuses: Record<string, string>; outcomes: Outcome[];
  origins: Record<string, string>;
  measures: Measure[]; group_titles: Record<string, Record<string, string>>; library: Entry[];
  counting: Record<string, { unit: string; factor: number }>; strings: Record<string, string>;
}

export type Values = (number | null)[];
export interface Change {
  mean: Values; low: Values | null; high: Values | null; p10: Values; p90: Values; unit: string; decimals: number; likely: boolean[];
}
export interface Verdict {
  mean: number | null; low: number | null; high: number | null; pairs: number; word: string; likely: boolean; decimals: number;
  pairs_needed: number | null; unit?: string;
}
export interface GroupDifference {
  group: string; mean: number | null; low: number | null; high: number | null; word: string; likely: boolean; small: boolean;
}
export interface Side {
  level: Record<string, Values>; low: Record<string, Values>; high: Record<string, Values>;
  interval: Record<string, { low: Values; high: Values }>;
}
export interface Update {
  pairs: number; of: number; seconds: number; sides: Side[]; changes: (Record<string, Change> | null)[];
  verdicts: (Record<string, Record<string, Verdict>> | null)[];
  groups: (Record<string, GroupDifference[]> | null)[] | null;
}
export interface Start {
  scenarios: { title: string; digest: string; base: string }[]; reference: number; years: number[]; workers: number;
  seeds: number; financing: string; cautions: string[]; idle: string[]; idle_levers: Record<string, string>; command: string;
  kept: number;
}
export interface Done { pairs: number; seconds: number; from_store: boolean }
export interface Fault { status: number; message: string; key?: string | null; nearest?: string | null; wait?: number }
export interface Answer {
  key: string; start: Start | null; update: Update | null; stale: boolean; busy: boolean; error: Fault | null;
  faults: string[]; done: Done | null; waiting: boolean;
}
export interface Proposal { number: number; title: string; mix: Mix }
export interface Round {
  round: string; key?: string; question: string; economy: string; stage: "proposals" | "votes" | "closed"; goals: string[];
  proposals: Proposal[]; participants: number; votes: number;
  results?: {
    votes: number; approvals: { number: number; title: string; approvals: number }[];
    weights: Record<string, { low: number; median: number; high: number } | null>; given: Record<string, number>[];
  };
}
export interface Request {
  scenarios: Mix[]; reference: number; workers: number; seeds: number; first_seed: number; until: number;
  on_debt: boolean; group_year: number | null; language: string; page: string; outcomes: string[]; levels: string[];
}
export interface Check {
  title: string; digest: string; mix: Mix; yaml: string; command: string; financing: string; cautions: string[];
  idle: string[]; paths: Record<string, string>;
}
