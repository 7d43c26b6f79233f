import { InvalidInputError, readWhole } from './invalid-input';
import { Mask } from './mask';
import type { Action, Plan, Resource, ResourceChange } from './resource';

/** What to do about a text that is no plan, or not a whole one. */
const AS_PRINTED = 'give it what `terraform show -json PLAN` prints, unchanged';

/** The one major version of Terraform's plan format that is known. */
const KNOWN_MAJOR = 1;

interface JsonResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values?: unknown;
  readonly sensitive_values?: unknown;
}

interface JsonChange extends JsonResource {
  /** The key of an object that a replacement left behind, still to be deleted. */
  readonly deposed?: string;
  readonly previous_address?: string;
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly importing?: unknown;
  };
}

interface JsonModule {
  readonly resources?: readonly JsonResource[];
  readonly child_modules?: readonly JsonModule[];
}

interface ConfigurationModule {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly expressions?: Readonly<Record<string, unknown>>;
    readonly depends_on?: readonly string[];
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfigurationModule }>>;
}

interface JsonPlan {
  readonly format_version: string;
  readonly resource_changes?: readonly JsonChange[];
  readonly resource_drift?: readonly JsonChange[];
  readonly prior_state?: { readonly values?: { readonly root_module?: JsonModule } };
  readonly configuration?: { readonly root_module?: ConfigurationModule };
  readonly complete?: boolean;
  readonly errored?: boolean;
}

/**
 * Reads what `terraform show -json PLAN` or `tofu show -json PLAN` prints. Secrets are left out at once, those that
 * the plan marks and those that it does not.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/json-format
 *
 * @param source what the text is called in messages
 * @throws InvalidInputError if it is no such text, of another version, or of a plan that failed
 */
export function readPlan(text: string, source: string): Plan {
  return readWhole(source, AS_PRINTED, () => readParsed(parsePlan(text, source), source));
}

function readParsed(plan: JsonPlan, source: string): Plan {
  const mask = new Mask();
  const changes = plan.resource_changes ?? [];
  const drift = plan.resource_drift ?? [];
  const prior = resourcesOf(plan.prior_state?.values?.root_module);
  for (const { change } of [...changes, ...drift]) {
    mask.note(change.before, change.before_sensitive);
    mask.note(change.after, change.after_sensitive);
  }
  for (const resource of prior) {
    mask.note(resource.values, resource.sensitive_values);
  }

  const references = readReferences(plan.configuration?.root_module);
  const read = changes.map((change) => readChange(change, mask, references));
  const known = new Set(read.map(({ address }) => address));
  const data = prior
    .filter(({ mode, address }) => mode === 'data' && !known.has(address))
    .map((resource) =>
      readResource(resource, resource.values, mask, resource.sensitive_values, undefined, references),
    );
  // A deposed object has the address of the object that replaced it, and only that object counts.
  const current = read.filter((_, index) => changes[index]!.deposed === undefined);
  return {
    source,
    before: [...current.flatMap(({ before }) => before ?? []), ...data],
    after: [
      // A resource that Terraform only forgets stays unchanged.
      ...current.flatMap(({ action, before, after }) => (action === 'forget' ? before : after) ?? []),
      ...data,
    ],
    changes: read.filter(({ action }) => action !== 'read'),
    drift: drift.map((change) => readChange(change, mask, references)),
    incomplete: plan.complete === false,
  };
}

function parsePlan(text: string, source: string): JsonPlan {
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (error) {
    throw new InvalidInputError(
      source,
      // The parser's own message may quote a part of the text, a secret too.
      `is no JSON (${text.length} characters${/position (\d+)/.exec((error as Error).message)?.[0].replace(/^/, ', wrong at ') ?? ''})`,
      'give it a plan file of Terraform, or what `terraform show -json PLAN` prints, whole',
    );
  }
  if (!isObject(plan) || typeof plan.format_version !== 'string') {
    throw new InvalidInputError(
      source,
      'is JSON, but not a plan of Terraform: it has no format_version',
      'give it what `terraform show -json PLAN` prints',
    );
  }
  if (Number.parseInt(plan.format_version, 10) !== KNOWN_MAJOR) {
    throw new InvalidInputError(
      source,
      `has format_version '${plan.format_version.slice(0, 20)}', and only ${KNOWN_MAJOR}.x is known here`,
      'use a version of this project that knows it',
    );
  }
  if (
    !Array.isArray(plan.resource_changes ?? []) ||
    (!plan.resource_changes && !isObject(plan.planned_values))
  ) {
    throw new InvalidInputError(
      source,
      'is not a plan: it has neither resource_changes nor planned_values',
      'give it what `terraform show -json PLAN` prints; a state is for `vault-aws-auth access`',
    );
  }
  if (plan.errored === true) {
    throw new InvalidInputError(
      source,
      'is of a plan that failed, so it is not complete',
      'plan again until it succeeds',
    );
  }
  const misshapen = [...list(plan.resource_changes), ...list(plan.resource_drift)].find(
    (change) =>
      !isObject(change) ||
      typeof change.address !== 'string' ||
      typeof change.type !== 'string' ||
      !isObject(change.change) ||
      !Array.isArray(change.change.actions) ||
      !isObjectOrNone(change.change.before) ||
      !isObjectOrNone(change.change.after),
  );
  if (misshapen !== undefined) {
    throw new InvalidInputError(source, 'has a resource change without address, type or actions', AS_PRINTED);
  }
  return plan as unknown as JsonPlan;
}

function isObjectOrNone(value: unknown): boolean {
  return value === null || value === undefined || isObject(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type References = ReadonlyMap<string, Resource['references']>;

function readChange(json: JsonChange, mask: Mask, references: References): ResourceChange {
  const { change } = json;
  const { before, after, before_sensitive, after_sensitive, after_unknown } = change;
  const action = actionOf(change.actions);
  return {
    address: json.deposed === undefined ? json.address : `${json.address} (deposed ${json.deposed})`,
    type: json.type,
    action,
    before: isObject(before)
      ? readResource(json, before, mask, before_sensitive, undefined, references)
      : undefined,
    after:
      isObject(after) || action === 'create' || action === 'read'
        ? readResource(json, after, mask, after_sensitive, after_unknown, references)
        : undefined,
    previousAddress: json.previous_address,
    imported: change.importing !== undefined && change.importing !== null,
    reason: json.action_reason,
  };
}

function actionOf(actions: readonly string[]): Action {
  if (actions.length > 1) {
    return 'replace';
  }
  const [action] = actions;
  // An unknown action counts as a change too.
  return (
    (['create', 'update', 'delete', 'forget', 'read', 'no-op'] as const).find((known) => known === action) ??
    'update'
  );
}

function readResource(
  { address, mode, type, index }: JsonResource,
  values: unknown,
  mask: Mask,
  sensitive: unknown,
  unknown: unknown,
  references: References,
): Resource {
  const referred = references.get(withoutKeys(address)) ?? {};
  return {
    address,
    // All that is not a data source counts as made by Terraform: one check too many is safer.
    mode: mode === 'data' ? 'data' : 'managed',
    type,
    key: index,
    values: mask.values(values, sensitive, unknown, referred),
    references: referred,
  };
}

/** The address of the block: `module.a["b"].vault_policy.c[0]` is of `module.a.vault_policy.c`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}

function resourcesOf(module: JsonModule | undefined): JsonResource[] {
  return [...(module?.resources ?? []), ...(module?.child_modules ?? []).flatMap(resourcesOf)];
}

function readReferences(root: ConfigurationModule | undefined): References {
  const references = new Map<string, Resource['references']>();
  const walk = (module: ConfigurationModule | undefined, prefix: string): void => {
    for (const { mode, type, name, expressions = {}, depends_on } of module?.resources ?? []) {
      const address = `${prefix}${mode === 'data' ? 'data.' : ''}${type}.${name}`;
      references.set(
        address,
        Object.fromEntries([
          ...Object.entries(expressions).map(([attribute, expression]) => [
            attribute,
            referencesIn(expression),
          ]),
          ...(depends_on ? [['depends_on', referencesIn({ references: depends_on })]] : []),
        ]) as Resource['references'],
      );
    }
    for (const [name, call] of Object.entries(module?.module_calls ?? {})) {
      walk(call.module, `${prefix}module.${name}.`);
    }
  };
  walk(root, '');
  return references;
}

function referencesIn(expression: unknown): readonly string[] {
  if (Array.isArray(expression)) {
    return expression.flatMap(referencesIn);
  }
  if (!isObject(expression)) {
    return [];
  }
  return Array.isArray(expression.references)
    ? expression.references.filter((reference): reference is string => typeof reference === 'string')
    : Object.values(expression).flatMap(referencesIn);
}
