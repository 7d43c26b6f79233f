import { iamArn } from '../iam';
import { InvalidInputError, readWhole } from './invalid-input';
import { Mask } from './mask';
import type { Resource } from './resource';
import { textOf, Unknown, type Value } from './value';

/** What is no attribute of a resource. Source: https://developer.hashicorp.com/terraform/language/syntax/json */
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

/** What stands for an account that only AWS can name. */
export const THIS_ACCOUNT = '(this account)';

type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

interface Stack {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly terraform?: unknown;
}

const AS_SYNTHESIZED = 'give it the cdk.tf.json of a stack';

/**
 * Reads a stack as cdktf synthesized it, its `cdk.tf.json`. References to what the stack itself says are followed;
 * the account is named as such, and what only an apply can know is unknown. Instances of a block with `for_each` or
 * `count` are one resource, for how many there will be is not known.
 *
 * @param source what the text is called in messages
 * @throws InvalidInputError where it is no such text
 */
export function readSynth(text: string, source: string): Resource[] {
  let stack: Stack;
  try {
    stack = JSON.parse(text) as Stack;
  } catch {
    throw new InvalidInputError(source, 'is no JSON', AS_SYNTHESIZED);
  }
  if (typeof stack !== 'object' || stack === null || (!stack.resource && !stack.terraform)) {
    throw new InvalidInputError(source, 'is no synthesized stack', AS_SYNTHESIZED);
  }
  return readWhole(source, AS_SYNTHESIZED, () => readBlocks(stack));
}

function readBlocks(stack: Stack): Resource[] {
  const blocks = [...blocksOf(stack.resource, 'managed' as const), ...blocksOf(stack.data, 'data' as const)];
  const mask = new Mask();
  const resolver = new Resolver(
    new Map(blocks.map((block) => [block.address, block.attributes])),
    new References(stack.locals ?? {}),
  );
  return blocks.map(({ address, mode, type, attributes, dependsOn }) => {
    const resolved = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, resolver.resolve(value)]),
    );
    return {
      address,
      mode,
      type,
      values: mask.values(resolved, undefined, undefined, {}),
      references: Object.fromEntries(
        Object.entries({ ...attributes, ...dependsOn }).map(([name, value]) => [
          name,
          resolver.references.in(value),
        ]),
      ),
    };
  });
}

interface Block {
  readonly address: string;
  readonly mode: Resource['mode'];
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** @default it depends on nothing but what it refers to */
  readonly dependsOn: { readonly depends_on?: unknown };
}

function blocksOf(blocks: Blocks | undefined, mode: Resource['mode']): Block[] {
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

const REFERENCE = /\$\{([^{}]+)\}/g;

class Resolver {
  private readonly following = new Set<string>();

  constructor(
    private readonly blocks: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
    readonly references: References,
  ) {}

  resolve(value: unknown): Value {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(item));
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.resolve(part)]))
      : (value as Value);
  }

  private text(text: string): Value {
    if (!text.includes('${')) {
      return text;
    }
    let unknown = false;
    // `$${` is a literal one.
    const resolved = text.replaceAll('$${', '\0').replace(REFERENCE, (_, expression: string) => {
      const known = this.expression(expression.trim());
      unknown ||= known === undefined;
      return known ?? '';
    });
    return unknown || resolved.includes('${')
      ? new Unknown(this.references.in(text))
      : resolved.replaceAll('\0', '${');
  }

  /** What an expression refers to, once: a stack that refers to itself is nothing that Terraform would take. */
  private expression(expression: string): string | undefined {
    if (this.following.has(expression)) {
      return undefined;
    }
    this.following.add(expression);
    const known = this.follow(expression);
    this.following.delete(expression);
    return known;
  }

  private follow(expression: string): string | undefined {
    const [, address, attribute] = /^((?:data\.)?\w+\.[\w-]+)\.(\w+)$/.exec(expression) ?? [];
    const block = address === undefined ? undefined : this.blocks.get(address);
    if (address === undefined || attribute === undefined || block === undefined) {
      return undefined;
    }
    if (address.startsWith('data.aws_caller_identity.') && attribute === 'account_id') {
      return THIS_ACCOUNT;
    }
    if (address.startsWith('data.aws_partition.') && attribute === 'partition') {
      return 'aws';
    }
    const [, kind] = /^aws_iam_(user|role)\./.exec(address) ?? [];
    if (kind !== undefined && attribute === 'arn') {
      const name = textOf(this.resolve(block.name));
      const path = textOf(this.resolve(block.path)) ?? '/';
      return name && iamArn({ partition: 'aws', accountId: THIS_ACCOUNT }, `${kind}${path}${name}`);
    }
    return textOf(this.resolve(block[attribute]));
  }
}

/** What expressions refer to. */
class References {
  constructor(private readonly locals: Readonly<Record<string, unknown>>) {}

  /** Addresses of resources and data sources, with the key of an instance and without, also by way of locals. */
  in(value: unknown): string[] {
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
