import { iamArn } from '../iam';
import { readWhole } from './invalid-input';
import { Mask } from './mask';
import type { Resource } from './resource';
import {
  type Blocks,
  type Computed,
  hasReference,
  parseSynthJson,
  References,
  type SynthJson,
  unescaped,
} from './synth-json';
import { Unknown, type Value } from './value';

/**
 * Arguments that are not attributes of a resource. Source:
 * https://developer.hashicorp.com/terraform/language/syntax/json
 */
const META = new Set([
  '//',
  'lifecycle',
  'depends_on',
  'provider',
  'provisioner',
  'connection',
  'count',
  'for_each',
]);

/** The name for an account that only AWS can name. */
export const THIS_ACCOUNT = '(this account)';

/**
 * Reads a stack as cdktf synthesized it, its `cdk.tf.json`. References to values that the stack itself has are
 * followed. The account is named as such, and what only an apply can know is unknown. Instances of a block with
 * `for_each` or `count` are one resource, because their number is not known.
 *
 * @param source what the text is called in messages
 * @throws InvalidInputError if it is no such text
 */
export function readSynth(text: string, source: string): Resource[] {
  const stack = parseSynthJson(text, source);
  return readWhole(source, 'give it the cdk.tf.json of a stack', () => readBlocks(stack));
}

function readBlocks(stack: SynthJson): Resource[] {
  const blocks = [...blocksOf(stack.resource, 'managed'), ...blocksOf(stack.data, 'data')];
  const mask = new Mask();
  const sources = new Sources(stack.locals ?? {});
  const references = new References(stack, computed);
  return blocks.map(({ address, mode, type, attributes, dependsOn }) => ({
    address,
    mode,
    type,
    values: mask.values(resolve(attributes, references, sources), undefined, undefined, {}),
    references: Object.fromEntries(
      Object.entries({ ...attributes, ...dependsOn }).map(([name, value]) => [name, sources.of(value)]),
    ),
  }));
}

interface Written {
  readonly address: string;
  readonly mode: Resource['mode'];
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** @default it depends on nothing but what it refers to */
  readonly dependsOn: { readonly depends_on?: unknown };
}

function blocksOf(blocks: Blocks | undefined, mode: Resource['mode']): Written[] {
  return Object.entries(blocks ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, block]) => ({
      address: `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
      mode,
      type,
      attributes: Object.fromEntries(Object.entries(block).filter(([key]) => !META.has(key))),
      dependsOn: 'depends_on' in block ? { depends_on: block.depends_on } : {},
    })),
  );
}

function resolve(value: unknown, references: References, sources: Sources): Value {
  if (typeof value === 'string') {
    const filled = references.fill(value);
    return hasReference(filled) ? new Unknown(sources.of(value)) : unescaped(filled);
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, references, sources));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, resolve(part, references, sources)]),
      )
    : (value as Value);
}

const computed: Computed = (type, attribute, argument) => {
  if (type === 'data.aws_caller_identity' && attribute === 'account_id') {
    return THIS_ACCOUNT;
  }
  if (type === 'data.aws_partition' && attribute === 'partition') {
    return 'aws';
  }
  const [, kind] = /^aws_iam_(user|role)$/.exec(type) ?? [];
  const name = argument('name');
  return kind !== undefined && attribute === 'arn' && name
    ? iamArn({ partition: 'aws', accountId: THIS_ACCOUNT }, `${kind}${argument('path') ?? '/'}${name}`)
    : undefined;
};

/** Where values come from. */
class Sources {
  constructor(private readonly locals: Readonly<Record<string, unknown>>) {}

  /** Addresses of resources and data sources, with the key of an instance and without, also by way of locals. */
  of(value: unknown): string[] {
    return [...this.walk(JSON.stringify(value) ?? '', new Set())];
  }

  private walk(text: string, seen: Set<string>): Set<string> {
    const found = new Set<string>();
    for (const [, address = '', key] of text.matchAll(ADDRESS)) {
      if (key !== undefined) {
        found.add(`${address}${key.replaceAll('\\"', '"')}`);
      }
      found.add(address);
    }
    for (const [, name = ''] of text.matchAll(/\blocal\.([\w-]+)/g)) {
      if (!seen.has(name)) {
        seen.add(name);
        for (const address of this.walk(JSON.stringify(this.locals[name]) ?? '', seen)) {
          found.add(address);
        }
      }
    }
    return found;
  }
}

const ADDRESS = /\b((?:data\.)?(?:aws|vault|terraform)_\w+\.[\w-]+)(\[\\"(?:[^"\\])*\\"\])?/g;
