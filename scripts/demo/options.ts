import { parseArgs } from 'node:util';

export type DemoOptions = {
  readonly port: number;
  /** Undefined runs the sample company; otherwise the user's own data, map, fields and agreement. */
  readonly own: OwnData | undefined;
};

export type OwnData = {
  readonly data: string;
  readonly map: string;
  readonly metadata: string;
  readonly agreement: string;
};

const USAGE = `Usage: npm start -- [--port PORT] [--data FILE --map FILE --metadata DIR --agreement FILE]

  --port       port of the embedded org (default: any free one)
  --data       CSV of leads to load instead of the sample company
  --map        YAML column map: which CSV column goes to which Lead field
  --metadata   SFDX folder with the Lead fields that the map needs
  --agreement  agreement to push, sign and keep`;

/** Reads the command line; prints the usage and ends the process when it is wrong or asked for. */
export function readOptions(args: readonly string[]): DemoOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        data: { type: 'string' },
        map: { type: 'string' },
        metadata: { type: 'string' },
        agreement: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) exitWith(0, USAGE);
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port must be 0 to 65535, not ${values.port}.`);
    const { data, map, metadata, agreement } = values;
    if (!data && !map && !metadata && !agreement) return { port, own: undefined };
    if (!data || !map || !metadata || !agreement)
      throw new Error('--data, --map, --metadata and --agreement go together.');
    return { port, own: { data, map, metadata, agreement } };
  } catch (error) {
    return exitWith(2, `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function exitWith(code: number, text: string): never {
  (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  process.exit(code);
}
