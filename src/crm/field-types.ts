import { PortError } from '../app/ports.ts';
import { type DescribedObject, describeObject } from './describe.ts';
import type { Transport } from './transport.ts';

/**
 * Resolves the types of fields, also along relationship paths such as `Owner.IsActive`, from describes that it keeps.
 *
 * Names must be spelled as the org spells them: its answers are, and a field looked up by another spelling would read
 * as blank.
 */
export class FieldTypes {
  readonly #transport: Transport;
  readonly #objects = new Map<string, Promise<DescribedObject | undefined>>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Forgets what is known, e.g. after a deployment. */
  clear(): void {
    this.#objects.clear();
  }

  /** The type of each field in order; throws PortError('invalid') that names the fields the user cannot see. */
  async resolve(object: string, fields: readonly string[]): Promise<readonly string[]> {
    const types = await Promise.all(fields.map((field) => this.#find(object, field.split('.'))));
    const unknown = fields.filter((_, index) => types[index] === undefined);
    if (unknown.length > 0) {
      this.#objects.delete(object);
      const problem = `${object} has no field ${unknown.join(', ')} that this user can read`;
      throw new PortError('invalid', `${problem}: check the names and the field permissions`);
    }
    return types as readonly string[];
  }

  async #find(object: string, path: readonly string[]): Promise<string | undefined> {
    const described = await this.#describe(object);
    if (!described) throw new PortError('missing', `There is no object ${object}, or this user may not read it`);
    const [head = '', ...rest] = path;
    if (rest.length === 0) return described.fields.find((field) => field.name === head)?.type;
    const relation = described.fields.find((field) => field.relationshipName === head);
    if (!relation) return undefined;
    // A polymorphic parent (Owner, Who, What) is read through the object Name, whose fields its targets share.
    if (relation.referenceTo.length > 1) return nameFieldType(rest);
    return this.#find(relation.referenceTo[0] as string, rest);
  }

  #describe(object: string): Promise<DescribedObject | undefined> {
    const known = this.#objects.get(object);
    if (known) return known;
    const described = describeObject(this.#transport, object);
    this.#objects.set(object, described);
    described.catch(() => this.#objects.delete(object));
    return described;
  }
}

const nameFieldType = (path: readonly string[]): string => (path.at(-1) === 'IsActive' ? 'boolean' : 'string');
