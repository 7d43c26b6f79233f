import {
  anything,
  type Decode,
  decodeField,
  element,
  HclError,
  type HclObject,
  type HclPlace,
  itemsNamed,
  listOf,
  mapOf,
  parseDuration,
  plainValue,
  text,
} from '../hcl';
import { checkControlGroup, type ControlGroup, controlGroup } from './check-control-group';
import {
  CAPABILITIES,
  type Capability,
  type ParameterValue,
  type ParameterValues,
  type PolicyRule,
} from './rule';

/** Why Vault refuses a policy, and where. */
export interface PolicyProblem extends HclPlace {
  readonly problem: string;
}

/** A block that is not judged. It may require more than a rule does before Vault answers. */
export interface UnjudgedBlock {
  readonly path: string;
  readonly block: 'control_group' | 'mfa_methods';
  /** Its content, for comparisons. */
  readonly says: string;
}

/** What is in a `path` block. */
export interface ReadBlock {
  readonly rule: PolicyRule;
  /** The rule as it is written, with everything that Vault ignores next to a `deny`. */
  readonly written: PolicyRule;
  readonly unjudged: readonly UnjudgedBlock[];
}

/** All that Vault knows in a `path` block. It ignores the value of `comment`. */
const ARGUMENTS = [
  'capabilities',
  'required_parameters',
  'allowed_parameters',
  'denied_parameters',
  'min_wrapping_ttl',
  'max_wrapping_ttl',
  'subscribe_event_types',
  'policy',
  'comment',
  'mfa_methods',
  'control_group',
];

/** The capabilities that Vault's first form of a policy, `policy = "read"`, means. */
const SHORT_FORMS: Readonly<Record<string, readonly Capability[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
};

const texts = listOf(text);
const parameters = mapOf(listOf((node) => element(node)));

/**
 * The rule of a `path` block as Vault reads it, or why Vault refuses the block.
 *
 * Source: `PathRules` and `parsePaths` in Vault's `vault/policy.go` (1.21.1).
 */
export function readBlock(path: string, block: HclObject): ReadBlock | PolicyProblem[] {
  const reader = new BlockReader(path, block);
  const read = reader.read();
  return reader.problems.length === 0 ? read : reader.problems;
}

class BlockReader {
  readonly problems: PolicyProblem[] = [];
  private readonly present = new Set<string>();

  constructor(
    private readonly path: string,
    private readonly block: HclObject,
  ) {}

  read(): ReadBlock {
    this.checkNames();
    const listed = this.field('capabilities', texts) ?? [];
    const shortForm = this.field('policy', text) ?? '';
    const written = this.capabilities(listed, shortForm);
    const rule: PolicyRule = {
      path: this.path,
      capabilities: written,
      ...given('requiredParameters', this.field('required_parameters', texts)),
      ...given('allowedParameters', this.parameters('allowed_parameters')),
      ...given('deniedParameters', this.parameters('denied_parameters')),
      ...given('minWrappingTtl', this.ttl('min_wrapping_ttl')),
      ...given('maxWrappingTtl', this.ttl('max_wrapping_ttl')),
      ...given('subscribeEventTypes', this.field('subscribe_event_types', texts)),
    };
    const methods = this.field('mfa_methods', texts);
    const group = this.field('control_group', controlGroup);
    if (written.includes('deny')) {
      return { rule: { path: withoutSlash(this.path), capabilities: ['deny'] }, written: rule, unjudged: [] };
    }
    this.checkTtls(rule);
    this.checkGroup(group, written);
    return {
      rule: { ...rule, path: withoutSlash(this.path) },
      written: rule,
      unjudged: [
        ...this.unjudged('control_group', group),
        ...this.unjudged('mfa_methods', methods?.length === 0 ? undefined : methods),
      ],
    };
  }

  private checkNames(): void {
    for (const { keys, line, column } of this.block.items) {
      const name = this.attempt(keys[0]!, () => String(keys[0]!.value));
      if (name !== undefined && !ARGUMENTS.includes(name)) {
        const known = ARGUMENTS.includes(name.toLowerCase())
          ? `write '${name.toLowerCase()}'`
          : `it knows ${ARGUMENTS.join(', ')}`;
        this.problems.push({
          line,
          column,
          problem: `path '${this.path}': Vault knows no '${name}' here; ${known}`,
        });
      }
      this.present.add(name ?? '');
    }
  }

  private field<T>(name: string, decode: Decode<T>): T | undefined {
    return this.present.has(name)
      ? this.attempt(this.block, () => decodeField(this.block, name, decode), name)
      : undefined;
  }

  /** Those before a `deny` must be some of {@link CAPABILITIES}. Vault ignores those after it. */
  private capabilities(listed: readonly string[], shortForm: string): Capability[] {
    if (shortForm !== '' && !Object.hasOwn(SHORT_FORMS, shortForm)) {
      this.refuse(
        'policy',
        `the old short form is one of ${Object.keys(SHORT_FORMS).join(', ')}; got '${shortForm}'`,
      );
    }
    const added = Object.hasOwn(SHORT_FORMS, shortForm) ? SHORT_FORMS[shortForm]! : [];
    const all = shortForm === 'deny' ? added : [...listed, ...added];
    const judged = all.slice(0, all.includes('deny') ? all.indexOf('deny') : undefined);
    for (const capability of judged) {
      if (!isCapability(capability)) {
        const small = capability.toLowerCase();
        this.refuse(
          'capabilities',
          `'${capability}' is no capability of Vault; ${isCapability(small) ? `write '${small}'` : `it has ${CAPABILITIES.join(', ')}`}`,
        );
      }
    }
    return all.filter(isCapability);
  }

  private parameters(name: string): ParameterValues | undefined {
    const found = this.field(name, parameters);
    return (
      found &&
      Object.fromEntries(
        [...found].map(([parameter, values]) => [
          parameter,
          values.map((value): ParameterValue => plainValue(value)),
        ]),
      )
    );
  }

  private ttl(name: string): number | undefined {
    const given = this.field(name, anything);
    return given && (parseDuration(given) ?? NaN);
  }

  private checkTtls({ minWrappingTtl: min = 0, maxWrappingTtl: max = 0 }: PolicyRule): void {
    for (const [name, ttl] of [
      ['min_wrapping_ttl', min],
      ['max_wrapping_ttl', max],
    ] as const) {
      if (Number.isNaN(ttl)) {
        this.refuse(
          name,
          'a wrapping TTL is whole seconds, or hours, minutes and seconds; write 90 or "1m30s"',
        );
      }
    }
    if (min !== 0 && max !== 0 && max < min) {
      this.refuse('max_wrapping_ttl', `it must not be below min_wrapping_ttl, ${min}; got ${max}`);
    }
  }

  private checkGroup(group: ControlGroup | undefined, capabilities: readonly string[]): void {
    const problem = group && checkControlGroup(group, capabilities);
    if (problem !== undefined) {
      this.refuse('control_group', problem);
    }
  }

  private unjudged(block: UnjudgedBlock['block'], found: unknown): UnjudgedBlock[] {
    return found === undefined ? [] : [{ path: withoutSlash(this.path), block, says: comparable(found) }];
  }

  private refuse(argument: string, problem: string): void {
    const { line, column } = itemsNamed(this.block, argument)[0] ?? this.block;
    this.problems.push({ line, column, problem: `${argument} of path '${this.path}': ${problem}` });
  }

  private attempt<T>(place: HclPlace, decode: () => T, argument?: string): T | undefined {
    try {
      return decode();
    } catch (error) {
      if (!(error instanceof HclError)) {
        throw error;
      }
      const { line, column } = error.line > 0 ? error : place;
      const of = argument === undefined ? '' : `${argument} of `;
      this.problems.push({ line, column, problem: `${of}path '${this.path}': ${error.rule}` });
      return undefined;
    }
  }
}

/**
 * A path with two slashes keeps both: {@link rulePath} removes one of them, and no request has the path that
 * is left.
 */
function withoutSlash(path: string): string {
  return path.replace(/^\/(?!\/)/, '');
}

function given<K extends keyof PolicyRule>(field: K, value: PolicyRule[K] | undefined): Partial<PolicyRule> {
  return value === undefined ? {} : { [field]: value };
}

function isCapability(text: string): text is Capability {
  return (CAPABILITIES as readonly string[]).includes(text);
}

function comparable(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each instanceof Map
      ? [...(each as Map<string, unknown>)]
      : typeof each === 'bigint'
        ? String(each)
        : each,
  );
}
