import { type Postcondition, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { arnParts, partitionOfRegion, partitionOfUrl } from '../../iam';

/** Something that works in one partition of AWS only. */
export interface OfPartition {
  /** The prop: `boundPrincipals[0]`. */
  readonly place: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** The value that a message shows. */
  readonly value: string;
  /** The whole sentence for another partition. @default that it must be of the stack's */
  readonly explain?: (stack: string) => string;
  /** Whether it tells the partition of a stack whose provider has no region. @default true */
  readonly tells?: boolean;
}

/** A region, which may be known only at apply. */
export function ofRegion(place: string, region: string): OfPartition {
  return { place, partition: Token.isUnresolved(region) ? '' : partitionOfRegion(region), value: region };
}

/** An ARN, whose partition may be known only at apply. A text of another form is reported by its own rule. */
export function ofArn(place: string, arn: string): OfPartition {
  const { partition } = arnParts(arn);
  return { place, partition: /^aws(?:-[a-z]+)*$/.test(partition) ? partition : '', value: arn };
}

/** A URL of AWS. Any other host, such as that of an emulator, is of every partition. */
export function ofUrl(place: string, url: string | undefined): OfPartition[] {
  const partition = url === undefined || Token.isUnresolved(url) ? undefined : partitionOfUrl(url);
  return partition === undefined ? [] : [{ place, partition, value: url! }];
}

interface Found extends OfPartition {
  readonly construct: Construct;
}

/** How many values a message names: thousands of roles may have binds. */
const NAMED = 5;

/** What is of one partition in a stack. All of it must be of the same, which is that of the stack's AWS provider. */
class StackPartition {
  private readonly found: Found[] = [];
  /** The region of the AWS provider, if it is known at synth. */
  region?: string;

  add(construct: Construct, values: readonly OfPartition[]): void {
    this.found.push(...values.map((value) => ({ ...value, construct })));
  }

  /** What is wrong with values; a sentence each. */
  check(values: readonly OfPartition[]): string[] {
    const anchor = this.anchor();
    return values
      .filter(({ partition }) => anchor !== undefined && partition !== anchor.partition)
      .map(
        ({ place, value, explain }) =>
          `${place}: ${explain?.(anchor!.partition) ?? `must be of the partition '${anchor!.partition}', as ${anchor!.why}`}; got '${value}'`,
      );
  }

  /** What Terraform checks once it knows the partition; nothing if the provider's region is known at synth. */
  whenKnown(): Postcondition[] {
    if (this.region !== undefined) {
      return [];
    }
    const partitions = [...new Set(this.found.map(({ partition }) => partition))];
    return partitions.map((partition) => {
      const values = this.found.filter((value) => value.partition === partition);
      const named = values
        .slice(0, NAMED)
        .map(({ place, construct, value }) => `${place} of '${construct.node.path}': '${literal(value)}'`);
      const more = values.length > NAMED ? [`${values.length - NAMED} more`] : [];
      return {
        condition: `\${self.partition == "${partition}"}`,
        errorMessage: `the region of the AWS provider must be of the partition '${partition}', as these are: ${[...named, ...more].join(', ')}; got '\${self.partition}'`,
      };
    });
  }

  private anchor(): { partition: string; why: string } | undefined {
    if (this.region !== undefined) {
      const why = `the region '${this.region}' of the stack's AWS provider is`;
      return { partition: partitionOfRegion(this.region), why };
    }
    const first = this.found.find(({ tells }) => tells ?? true) ?? this.found[0];
    return (
      first && {
        partition: first.partition,
        why: `${first.place} of '${first.construct.node.path}' is`,
      }
    );
  }
}

/** Text that looks like an expression of Terraform stays as it is, unless it is a reference. */
function literal(text: string): string {
  return text.replace(/[$%](?=\{(?!TfToken\[))/g, '$&$&');
}

const stacks = new WeakMap<TerraformStack, StackPartition>();

function partitionOf(stack: TerraformStack): StackPartition {
  const known = stacks.get(stack) ?? new StackPartition();
  stacks.set(stack, known);
  return known;
}

/**
 * Checks that these values are of the stack's partition: Vault can't reach another one with its credentials, and AWS
 * knows nothing of another partition's principals.
 *
 * They are checked at synth, by the region of the stack's AWS provider, or else against each other. If the region is
 * known only at the plan, Terraform checks the partition that it reads there, before it makes anything.
 */
export function checkPartition(construct: Construct, values: readonly OfPartition[]): void {
  const known = values.filter(({ partition }) => partition !== '' && !Token.isUnresolved(partition));
  if (known.length === 0) {
    return;
  }
  const ofStack = partitionOf(TerraformStack.of(construct));
  ofStack.add(construct, known);
  construct.node.addValidation({ validate: () => ofStack.check(known) });
}

/** Tells the region of the stack's AWS provider, which tells its partition. @param region may be known only at apply */
export function setRegion(stack: TerraformStack, region: string | undefined): void {
  partitionOf(stack).region = Token.isUnresolved(region) ? undefined : region;
}

/** What Terraform checks of the partition of a stack, as soon as it has read it. */
export function partitionChecks(stack: TerraformStack): Postcondition[] {
  return partitionOf(stack).whenKnown();
}
