import { readPlan } from '../../../lib/terraform';
import { type PlanReview, reviewPlan } from '../../../lib/review';

/** One instance of a resource on one side of a plan. */
export interface Sample {
  readonly type: string;
  /** @default 'it' */
  readonly name?: string;
  /** The key of its instance, with `for_each` or `count`. */
  readonly key?: string | number;
  /** @default 'managed' */
  readonly mode?: 'managed' | 'data';
  readonly values: Readonly<Record<string, unknown>>;
  /** Terraform lets go of it and leaves it as it is. For the side before. */
  readonly forgotten?: boolean;
  /** A tree of what the provider marks as sensitive. */
  readonly sensitive?: unknown;
  /** A tree of what is known only after the apply. For the side after. */
  readonly unknown?: unknown;
  /** It is deleted and made again; without this, one that is on both sides is updated. For the side after. */
  readonly replace?: boolean;
  /** It is there and is taken into the state. For the side after. */
  readonly imported?: boolean;
  /** Where the state has it. For the side after. */
  readonly previousAddress?: string;
  /** Terraform's `action_reason`. For the side after. */
  readonly reason?: string;
  /** What the configuration refers to, by attribute. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

export interface Samples {
  readonly before?: readonly Sample[];
  readonly after?: readonly Sample[];
  /** What changed outside Terraform: as it was, and as it was found; `found` is missing where it is gone. */
  readonly drift?: readonly { readonly was: Sample; readonly found?: Sample }[];
  /** Fields of the plan itself, in place of its own. */
  readonly plan?: Readonly<Record<string, unknown>>;
}

/** The address of its instance. */
export function addressOf({ type, name = 'it', key, mode }: Sample): string {
  const block = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  return key === undefined ? block : `${block}[${JSON.stringify(key)}]`;
}

/**
 * What `terraform show -json` prints of a plan from one side to the other: what is on one side only is created or
 * deleted, what is the same on both is left alone.
 */
export function planOf({ before = [], after = [], drift = [], plan = {} }: Samples): string {
  const [old, now] = [before, after].map(
    (side) => new Map(side.map((sample) => [addressOf(sample), sample] as const)),
  ) as [Map<string, Sample>, Map<string, Sample>];
  const addresses = [
    ...new Set([
      ...[...now.values()].map((sample) => sample.previousAddress ?? addressOf(sample)),
      ...old.keys(),
    ]),
  ];
  const moved = new Map(
    [...now].flatMap(([address, { previousAddress }]) =>
      previousAddress ? [[previousAddress, address]] : [],
    ),
  );
  const changes = addresses.map((was) => {
    const [left, right] = [old.get(was), now.get(moved.get(was) ?? was)];
    return changeOf(left, right);
  });
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: changes,
    ...(drift.length > 0 ? { resource_drift: drift.map(({ was, found }) => changeOf(was, found)) } : {}),
    prior_state: { format_version: '1.0', values: { root_module: {} } },
    configuration: { root_module: { resources: configurationOf([...before, ...after]) } },
    applyable: true,
    complete: true,
    errored: false,
    ...plan,
  });
}

/** The review of such a plan. */
export function reviewOf(samples: Samples, source = 'sample'): PlanReview {
  return reviewPlan(readPlan(planOf(samples), source));
}

/** A Vault policy. */
export function policy(name: string, hcl: string): Sample {
  return { type: 'vault_policy', name, values: { name, policy: hcl } };
}

/** A login role of type iam, that lets `arns` in. */
export function role(
  name: string,
  arns: readonly string[],
  policies: readonly string[],
  values: Readonly<Record<string, unknown>> = {},
): Sample {
  return {
    type: 'vault_aws_auth_backend_role',
    name,
    values: {
      role: name,
      backend: 'aws',
      auth_type: 'iam',
      bound_iam_principal_arns: arns,
      token_policies: policies,
      resolve_aws_unique_ids: true,
      ...values,
    },
  };
}

function changeOf(left: Sample | undefined, right: Sample | undefined) {
  const sample = (right ?? left)!;
  return {
    address: addressOf(sample),
    ...(right?.previousAddress ? { previous_address: right.previousAddress } : {}),
    mode: sample.mode ?? 'managed',
    type: sample.type,
    name: sample.name ?? 'it',
    ...(sample.key === undefined ? {} : { index: sample.key }),
    provider_name: `registry.terraform.io/hashicorp/${sample.type.split('_')[0]}`,
    change: {
      actions: actionsOf(left, right),
      before: left?.values ?? null,
      after: right?.values ?? null,
      after_unknown: right?.unknown ?? (right ? {} : false),
      before_sensitive: left?.sensitive ?? (left ? {} : false),
      after_sensitive: right?.sensitive ?? (right ? {} : false),
      ...(right?.imported ? { importing: { id: 'an-id' } } : {}),
    },
    ...(right?.reason ? { action_reason: right.reason } : {}),
  };
}

function actionsOf(left: Sample | undefined, right: Sample | undefined): string[] {
  if (left === undefined || right === undefined) {
    return [left ? (left.forgotten ? 'forget' : 'delete') : right?.mode === 'data' ? 'read' : 'create'];
  }
  const same = JSON.stringify(left.values) === JSON.stringify(right.values) && right.unknown === undefined;
  return right.replace ? ['delete', 'create'] : [same ? 'no-op' : 'update'];
}

function configurationOf(samples: readonly Sample[]) {
  const blocks = new Map(samples.map((sample) => [addressOf({ ...sample, key: undefined }), sample]));
  return [...blocks].map(([address, { type, name = 'it', mode = 'managed', references = {} }]) => ({
    address,
    mode,
    type,
    name,
    expressions: Object.fromEntries(
      Object.entries(references).map(([attribute, to]) => [attribute, { references: to }]),
    ),
  }));
}
