import { InvalidInputError } from './invalid-input';

/** A resource or a data source, as it is written: its arguments and what Terraform itself takes, such as `lifecycle`. */
export type Block = Readonly<Record<string, unknown>>;

/** Blocks by their type and name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/**
 * A stack as cdktf writes it into `cdk.tf.json`.
 *
 * Source: https://developer.hashicorp.com/terraform/language/syntax/json
 */
export interface SynthJson {
  readonly terraform?: unknown;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly locals?: Block;
  readonly output?: Readonly<Record<string, Block>>;
}

const AS_SYNTHESIZED = 'give it the cdk.tf.json of a stack';

/**
 * Reads the text of a `cdk.tf.json`.
 *
 * @param source what the text is called in messages
 * @throws InvalidInputError if it is no such text
 */
export function parseSynthJson(text: string, source: string): SynthJson {
  let stack: SynthJson;
  try {
    stack = JSON.parse(text) as SynthJson;
  } catch {
    // The parser's own message may quote a part of the text, a secret too.
    throw new InvalidInputError(source, 'is no JSON', AS_SYNTHESIZED);
  }
  if (typeof stack !== 'object' || stack === null || (!stack.resource && !stack.terraform)) {
    throw new InvalidInputError(source, 'is no synthesized stack', AS_SYNTHESIZED);
  }
  return stack;
}

/** The text of an argument; undefined if it is not set, or is no text, number or boolean. */
export type ArgumentOf = (name: string) => string | undefined;

/**
 * The value of an attribute that no block has; undefined if only an apply can know it.
 *
 * @param type of the block, `data.` before it for a data source
 */
export type Computed = (type: string, attribute: string, argument: ArgumentOf) => string | undefined;

const REFERENCE = /\$\$\{|\$\{([^{}]+)\}/g;

/** Follows the references of a stack, as far as the stack itself says what they are. */
export class References {
  private readonly following = new Set<string>();

  constructor(
    private readonly stack: SynthJson,
    private readonly computed: Computed,
  ) {}

  /**
   * A text with its references filled in. One that only an apply can know stays; so does a `$${`, which is no
   * reference.
   */
  fill(text: string): string {
    return text.replace(REFERENCE, (whole, expression?: string) =>
      expression === undefined ? whole : (this.follow(expression.trim()) ?? whole),
    );
  }

  /** The arguments of a block, filled in. */
  argumentsOf(block: Block): ArgumentOf {
    return (name) => this.textOf(block[name]);
  }

  private textOf(value: unknown): string | undefined {
    return typeof value === 'string'
      ? this.fill(value)
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : undefined;
  }

  /** A reference is followed once: a stack that refers to itself is nothing that Terraform would take. */
  private follow(expression: string): string | undefined {
    if (this.following.has(expression)) {
      return undefined;
    }
    this.following.add(expression);
    const found = this.find(expression);
    this.following.delete(expression);
    return found;
  }

  private find(expression: string): string | undefined {
    const [, data, type = '', name = '', attribute] =
      /^(data\.)?(\w+)\.([\w-]+)(?:\.(\w+))?$/.exec(expression) ?? [];
    if (attribute === undefined) {
      return type === 'local' ? this.textOf(this.stack.locals?.[name]) : undefined;
    }
    const block = (data === undefined ? this.stack.resource : this.stack.data)?.[type]?.[name];
    return (
      block &&
      (this.computed(`${data ?? ''}${type}`, attribute, this.argumentsOf(block)) ??
        this.textOf(block[attribute]))
    );
  }
}

/** Whether a filled text has a reference left. */
export function hasReference(filled: string): boolean {
  return /\$\{/.test(filled.replaceAll('$${', ''));
}

/** A filled text without references, as Terraform reads it. */
export function unescaped(filled: string): string {
  return filled.replaceAll('$${', '${');
}
