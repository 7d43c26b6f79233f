import {
  type Anything,
  anything,
  type Decode,
  listOf,
  mapOf,
  parseDuration,
  structOf,
  text,
  wholeNumber,
} from '../hcl';

interface Identity {
  readonly groupIds?: readonly string[];
  readonly groupNames?: readonly string[];
  readonly approvals?: bigint;
}

interface Factor {
  readonly name?: string;
  readonly identity?: Identity;
  readonly capabilities?: readonly string[];
}

/** Who must approve a request before Vault Enterprise answers it. */
export interface ControlGroup {
  readonly ttl?: Anything;
  readonly factors?: ReadonlyMap<string, Factor>;
}

const identity: Decode<Identity> = structOf<Identity>({
  groupIds: ['group_ids', listOf(text)],
  groupNames: ['group_names', listOf(text)],
  approvals: ['approvals', wholeNumber],
});
const factor: Decode<Factor> = structOf<Factor>({
  name: ['name', text],
  identity: ['identity', identity],
  capabilities: ['controlled_capabilities', listOf(text)],
});

/** A block `control_group`. */
export const controlGroup: Decode<ControlGroup> = structOf<ControlGroup>({
  ttl: ['ttl', anything],
  factors: ['factor', mapOf(factor)],
});

/**
 * Why Vault refuses a control group; undefined if it does not.
 *
 * Source: `parsePaths` in Vault's `vault/policy.go` (1.21.1).
 *
 * @param capabilities the capabilities of its path
 */
export function checkControlGroup(
  { ttl, factors = new Map() }: ControlGroup,
  capabilities: readonly string[],
): string | undefined {
  if (ttl !== undefined && parseDuration(ttl) === undefined) {
    return 'its ttl is whole seconds, or hours, minutes and seconds; write 90 or "1m30s"';
  }
  if (factors.size === 0) {
    return 'it has at least one factor';
  }
  for (const { identity: who, capabilities: controlled = [] } of factors.values()) {
    if (who === undefined) {
      return 'each factor has a block identity';
    }
    const { groupIds = [], groupNames = [], approvals = 0n } = who;
    if (approvals <= 0n || groupIds.length + groupNames.length === 0) {
      return 'each identity has group_names or group_ids, and approvals above 0';
    }
    if (!controlled.every((capability) => capabilities.includes(capability))) {
      return 'controlled_capabilities are some of the capabilities of its path';
    }
  }
  return undefined;
}
