import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { useProviders } from '../../lib/constructs/stacks/providers';
import { check } from '../../lib/constructs/checks';
import { testApp } from './app';

/** A region of each partition. */
const REGIONS: Readonly<Record<string, string>> = {
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-iso-b': 'us-isob-east-1',
};

/** A region of the partition that an ARN is of. */
export function regionFor(arn: string): string {
  return REGIONS[arn.split(':')[1] ?? ''] ?? 'us-east-1';
}

/** A stack with both providers and nothing else. */
export function emptyStack(scope: Construct, id = 'stack', region = 'us-east-1'): TerraformStack {
  const stack = new TerraformStack(scope, id);
  useProviders(stack, { vaultAddress: 'https://vault.example.com:8200', region, tags: {} });
  return stack;
}

/** The synthesized JSON of a stack that holds what `build` puts into it. */
export interface Synthesized {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly data?: Record<string, Record<string, unknown>>;
  readonly terraform: Record<string, unknown>;
  readonly locals?: Record<string, unknown>;
  readonly output?: Record<string, { value: string; sensitive?: boolean }>;
  readonly provider?: Record<string, Record<string, unknown>[]>;
}

export function synthesize(build: (stack: TerraformStack) => void): Synthesized {
  const stack = emptyStack(testApp());
  build(stack);
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

/** Every problem of an app whose stack, named `stack`, holds what `build` puts into it. */
export function problemsOf(build: (stack: TerraformStack) => void, region?: string): readonly string[] {
  const app = testApp();
  build(emptyStack(app, 'stack', region));
  return check(app).problems;
}

/** Every warning of such an app, acknowledged or not: `[construct path] id: message`. */
export function warningsOf(build: (stack: TerraformStack) => void): string[] {
  const app = testApp();
  build(emptyStack(app));
  return check(app).warnings.map(
    ({ construct, id, message }) => `[${construct.node.path}] ${id}: ${message}`,
  );
}

/** A text that is known only at apply: `${var.late}`. */
export function lateText(stack: TerraformStack, id = 'late'): string {
  return new TerraformVariable(stack, id, { type: 'string' }).stringValue;
}

/** A list of texts that is known only at apply: `${var.late_list}`. */
export function lateList(stack: TerraformStack): string[] {
  return new TerraformVariable(stack, 'late_list', { type: 'list(string)' }).listValue;
}

/** What Terraform checks of a resource when it is known: condition and message of each precondition. */
export function preconditionsOf(resource: Record<string, unknown> | undefined): [string, string][] {
  const { precondition = [] } = (resource?.lifecycle ?? {}) as {
    precondition?: { condition: string; error_message: string }[];
  };
  return precondition.map(({ condition, error_message }) => [condition, error_message]);
}
