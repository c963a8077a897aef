/** Socket: evaluation suites. `npm run eval -- <file name>`. A suite prints one JSON value; `--out` also writes one line per case. */

export interface SuiteArguments {
  /** `--name value` */
  values: Record<string, string>;
  /** `--name` */
  flags: Set<string>;
  progress(line: string): void;
  /** Writes one case when `--out` was given. */
  out(line: Record<string, unknown>): void;
}

export interface Suite {
  values: string[];
  flags: string[];
  usage: string;
  run(args: SuiteArguments): Promise<Record<string, unknown>>;
}
