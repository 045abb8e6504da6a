import { type FileProblem, problemLine } from '../files/yaml-file.ts';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { ColumnMapFile } from './column-map.ts';
import { type ImportSource, readHeader } from './import-rows.ts';
import { type ImportPlan, planColumns } from './plan-columns.ts';

/** Matches a column map with a CSV and the org; refuses with every problem of the map. */
export async function makeImportPlan(crm: Crm, source: ImportSource, mapFile: ColumnMapFile): Promise<ImportPlan> {
  const { map } = mapFile;
  if (!map) throw mapRefusal(mapFile, 'is not a valid column map', mapFile.problems);
  const described = await crm.describe(map.object);
  if (!described) throw new Refusal('column-map', `The org has no object ${map.object} that you can see.`);
  const { plan, problems } = planColumns(map, await readHeader(source, map.delimiter), described, mapFile.placeOf);
  if (problems.length === 0) return plan;
  throw mapRefusal(mapFile, `does not fit ${source.name} and the org`, problems);
}

const mapRefusal = ({ name }: ColumnMapFile, fault: string, problems: readonly FileProblem[]): Refusal =>
  new Refusal(
    'column-map',
    `${name} ${fault}.`,
    problems.map((problem) => problemLine(name, problem)),
  );
