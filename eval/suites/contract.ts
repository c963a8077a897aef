/** Socket: evaluation suites. `npm run eval -- <file name>`. A suite prints one JSON value; `--out` also writes one line per case. */

export interface SuiteArguments {
  /** Arguments without a name. */
  files?: string[];
  /** `--name value` */
  values: Record<string, string>;
  /** `--name` */
  flags: Set<string>;
  progress(line: string): void;
  /** Writes one case when `--out` was given. */
  out(line: Record<string, unknown>): void;
}

export interface Suite {
  /** How many arguments without a name; absent = none. */
  files?: number;
  values: string[];
  flags: string[];
  usage: string;
  run(args: SuiteArguments): Promise<Record<string, unknown>>;
}
