import {
  decodeField,
  HclError,
  type HclItem,
  type HclObject,
  type HclPlace,
  itemsNamed,
  parseHcl,
  text,
} from '../hcl';
import { findProblems } from './check-rules';
import { decodeBase64 } from './decode-base64';
import { type PolicyProblem, readBlock, type ReadBlock, type UnjudgedBlock } from './read-block';

/** A block of a policy, and where it begins. */
export interface PlacedBlock extends ReadBlock, HclPlace {}

/** What Vault takes, and a careful person would not write. */
export interface Remark extends HclPlace {
  readonly remark: string;
}

/** A policy as Vault reads it. */
export interface ReadPolicy {
  /** In the order of the text; there may be several of one path. */
  readonly blocks: readonly PlacedBlock[];
  readonly unjudged: readonly UnjudgedBlock[];
  /** It computes them only when it is called. */
  readonly remarks: () => Remark[];
}

/** A policy that Vault refuses. */
export class PolicyError extends Error {
  constructor(
    /** At least one, in the order of the text. */
    readonly problems: readonly PolicyProblem[],
  ) {
    super(problems.map(({ line, problem }) => `line ${line}: ${problem}`).join('; '));
    this.name = 'PolicyError';
  }
}

/**
 * Reads a policy in HCL, JSON or base64 as Vault reads it: text that Vault takes is read, and text that it
 * refuses is an error.
 *
 * Source: https://developer.hashicorp.com/vault/docs/concepts/policies#policy-syntax, `parseACLPolicyWithTemplating` and
 * `parsePaths` in Vault's `vault/policy.go` (1.21.1).
 *
 * @throws PolicyError with all problems; if the text is no HCL, with the first one only
 */
export function readPolicy(policy: string): ReadPolicy {
  const root = parse(policy);
  const paths = attempt(() => {
    const problems = root.items.flatMap(unknownName);
    decodeField(root, 'name', text);
    return problems.length > 0 ? problems : itemsNamed(root, 'path');
  });
  const found = paths.flatMap((item): (PlacedBlock | PolicyProblem)[] =>
    'problem' in item ? [item] : attempt(() => readPath(item)),
  );
  const problems = found.filter((each) => 'problem' in each);
  if (problems.length > 0) {
    throw new PolicyError(problems.sort(byPlace));
  }
  const blocks = found.filter((each) => 'rule' in each);
  return {
    blocks,
    unjudged: blocks.flatMap(({ unjudged }) => unjudged),
    remarks: () =>
      [...paths.flatMap((item) => ('problem' in item ? [] : oddName(item))), ...remarksOn(blocks)].sort(
        byPlace,
      ),
  };
}

function byPlace(one: HclPlace, other: HclPlace): number {
  return one.line - other.line || one.column - other.column;
}

function parse(policy: string): HclObject {
  try {
    return parseHcl(decodeBase64(policy));
  } catch (error) {
    throw error instanceof HclError ? new PolicyError([asPolicyProblem(error)]) : error;
  }
}

function attempt<T>(read: () => (T | PolicyProblem)[]): (T | PolicyProblem)[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof HclError) {
      return [asPolicyProblem(error)];
    }
    throw error;
  }
}

function asPolicyProblem({ line, column, rule }: HclError): PolicyProblem {
  return { line, column, problem: rule };
}

function unknownName({ keys: [first], line, column }: HclItem): PolicyProblem[] {
  const name = first!.value;
  return name === 'path' || name === 'name'
    ? []
    : [{ line, column, problem: `Vault knows no '${name}' here; a policy has path blocks` }];
}

function readPath({ keys: [name], value, line, column }: HclItem): (PlacedBlock | PolicyProblem)[] {
  const path = pathOf(name);
  const refused = (problem: string) => [{ line, column, problem }];
  if (!templatesBalance(path)) {
    return refused(`each '{{' of a path needs one '}}' after it; got '${path}'`);
  }
  if (value.kind !== 'object') {
    return refused(`a path has one name and a block; write 'path "secret/data/app" { … }'`);
  }
  const read = readBlock(path, value);
  if (Array.isArray(read)) {
    return read;
  }
  return path.includes('+*')
    ? refused(`Vault refuses '+*'; use '+' for one segment or '*' at the end; got '${path}'`)
    : [{ ...read, line, column }];
}

/** A block without a name is for the path that has the name of the block. */
function pathOf(name: HclItem['keys'][number] | undefined): string {
  return name === undefined ? 'path' : String(name.value);
}

function templatesBalance(path: string): boolean {
  const [before = '', ...pieces] = path.split('{{');
  return !before.includes('}}') && pieces.every((piece) => piece.split('}}').length === 2);
}

function oddName({ keys, line, column }: HclItem): Remark[] {
  if (keys.length === 1) {
    return [];
  }
  const rule =
    keys.length === 0
      ? `a path block has a name; without one Vault uses 'path'`
      : 'a path block has one name; Vault ignores the others';
  return [{ line, column, remark: `${rule}; got '${keys.map(pathOf).join(' ')}'` }];
}

function remarksOn(blocks: readonly PlacedBlock[]): Remark[] {
  const lineOf = (index: number) => `line ${blocks[index]!.line}`;
  return findProblems(
    blocks.map(({ written }) => written),
    lineOf,
  ).map(({ index, problem }) => {
    const { line, column } = index === undefined ? { line: 1, column: 1 } : blocks[index]!;
    return { line, column, remark: problem };
  });
}
