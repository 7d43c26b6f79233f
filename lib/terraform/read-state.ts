import { InvalidInputError, readWhole } from './invalid-input';
import { Mask } from './mask';
import type { Resource } from './resource';

const AS_PRINTED = 'give it what `terraform show -json` prints';

interface StateModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly mode: 'managed' | 'data';
    readonly type: string;
    readonly index?: string | number;
    readonly values?: unknown;
    readonly sensitive_values?: unknown;
  }[];
  readonly child_modules?: readonly StateModule[];
}

/**
 * Reads what `terraform show -json` prints of a state, without any secret.
 *
 * @param source what the text is called in messages
 * @throws InvalidInputError if it is none
 */
export function readState(text: string, source: string): Resource[] {
  let state: { format_version?: unknown; values?: { root_module?: StateModule } };
  try {
    state = JSON.parse(text) as typeof state;
  } catch {
    throw new InvalidInputError(source, 'is no JSON', AS_PRINTED);
  }
  if (typeof state?.format_version !== 'string' || !state.format_version.startsWith('1.')) {
    throw new InvalidInputError(source, 'has no format_version 1.x', AS_PRINTED);
  }
  return readWhole(source, AS_PRINTED, () => readModules(state.values?.root_module));
}

/** @param root Terraform prints none for an empty state */
function readModules(root: StateModule | undefined): Resource[] {
  const resources = resourcesOf(root);
  const mask = new Mask();
  for (const { values, sensitive_values } of resources) {
    mask.note(values, sensitive_values);
  }
  return resources.map(({ address, mode, type, index, values, sensitive_values }) => ({
    address,
    mode,
    type,
    key: index,
    values: mask.values(values, sensitive_values, undefined, {}),
    references: {},
  }));
}

function resourcesOf(module: StateModule | undefined): NonNullable<StateModule['resources']>[number][] {
  return [...(module?.resources ?? []), ...(module?.child_modules ?? []).flatMap(resourcesOf)];
}
