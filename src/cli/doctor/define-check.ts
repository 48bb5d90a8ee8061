import type { Area, Finding, Fix, Kind } from './finding';
import type { Facts, Patient } from './patient';

/** What a judgement says; the rest is known from the kind. */
export interface Found<Code extends string> {
  readonly code: Code;
  readonly about: string;
  readonly what: string;
  /** In place of the kind's own, where the names are known. */
  readonly mend?: string;
  readonly fix?: Fix;
}

/** One thing to look at. `look` reads and concludes nothing, `judge` concludes and reads nothing. */
interface CheckParts<Seen, Code extends string> {
  readonly area: Area;
  /** For whoever waits: `maintenance attributes of the members`. */
  readonly looksAt: string;
  /** Everything it may find. */
  readonly codes: Readonly<Record<Code, Kind>>;
  readonly look: (patient: Patient) => Promise<Seen>;
  readonly judge: (seen: Seen, facts: Facts) => readonly Found<Code>[];
}

export interface Check {
  readonly area: Area;
  readonly looksAt: string;
  readonly codes: Readonly<Record<string, Kind>>;
  readonly examine: (patient: Patient) => Promise<readonly Finding[]>;
}

export function defineCheck<Seen, Code extends string>(parts: CheckParts<Seen, Code>): Check {
  const { area, looksAt, codes, look, judge } = parts;
  return {
    area,
    looksAt,
    codes,
    examine: async (patient) => {
      const found = judge(await look(patient), patient.facts);
      return found.map((one) => {
        const { severity, why, mend } = codes[one.code];
        return { area, severity, why, mend, ...one };
      });
    },
  };
}
